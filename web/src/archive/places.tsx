/** The head of the screens of the archive: where one is, what one sees, and the way to the two others. */
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { useWords } from '../wording/words.js'
import './archive.css'

const WORDS = {
  zh: { archive: '档案', upload: '上传', reports: '全部报告', coverage: '覆盖' },
  en: { archive: 'Archive', upload: 'Upload', reports: 'All reports', coverage: 'Coverage' },
}

export type Place = 'upload' | 'reports' | 'coverage'
const PLACES: readonly Place[] = ['upload', 'reports', 'coverage']

interface HeadProps {
  readonly place: Place | null
  readonly title: string
  readonly children?: ReactNode
}

export function ArchiveHead({ place, title, children }: HeadProps) {
  const words = useWords(WORDS)
  return (
    <div className="row g12 arc-head">
      <h1 className="el">{title}</h1>
      <div className="s2 el arc-head-about">{children}</div>
      <span className="sp" />
      <nav className="seg arc-seg" aria-label={words.archive}>
        {PLACES.map((each) => (
          <Link
            key={each}
            href={`/archive/${each}`}
            className={each === place ? 'on' : ''}
            aria-current={each === place ? 'page' : undefined}
          >
            {words[each]}
          </Link>
        ))}
      </nav>
    </div>
  )
}
