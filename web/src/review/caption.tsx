/** What is under the pointer, or current: its name, what was read, where it stands, and what vouches for it. Nothing else is drawn anew for it. */
import { useSyncExternalStore } from 'react'
import { useWords } from '../wording/words.js'
import { readValue } from './cell.js'
import type { CellView } from './cells.js'
import { placeInWords } from './in-words.js'
import type { Pointed } from './pointed.js'
import { REVIEW_WORDS } from './review-words.js'

export interface CaptionProps {
  readonly pointed: Pointed
  readonly current: string | null
  readonly views: ReadonlyMap<string, CellView>
  readonly names: ReadonlyMap<string, string>
}

export function Caption({ pointed, current, views, names }: CaptionProps) {
  const words = useWords(REVIEW_WORDS)
  const under = useSyncExternalStore(pointed.subscribe, pointed.fact)
  const key = under ?? current
  const view = key === null ? undefined : views.get(key)
  if (key === null || view?.fact === null || view === undefined) return <span className="s3">{words.hoverHint}</span>
  const { location, grade } = view.fact
  const at = location?.kind === 'page' ? location : null
  return (
    <>
      <b className="el" lang="zh-CN">
        {names.get(key) ?? key}
      </b>
      <span className="nw">
        {words.asRead} {readValue(view, words)}
      </span>
      <span className="nw">
        {at === null
          ? placeInWords(location, words)
          : words.page1(at.page, Math.round(at.box[0]), Math.round(at.box[1]))}
      </span>
      {grade !== null && <span className="el">{words.grades[grade]}</span>}
    </>
  )
}
