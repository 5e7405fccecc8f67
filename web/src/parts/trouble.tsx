/**
 * Keeps a screen that failed from taking the page with it: says so in words, with a way to try again and a way back.
 *
 * A part of the page that is no longer on the server means that the page is of an earlier version, and has to be loaded again.
 */
import { useQueryClient } from '@tanstack/react-query'
import { Component, type ReactNode } from 'react'
import { isProblem } from '../api/call.js'
import { useLanguage, useWords } from '../wording/words.js'
import { Icon } from './icon.js'
import './parts.css'

const WORDS = {
  zh: {
    title: '这一页没能显示出来',
    about: '已保存的内容不受影响。请重试；如仍出现，请把下面的文字告知管理员。',
    outdated: '本页已更新',
    reload: '服务器上的程序已换新版，请重新载入。已保存的内容不受影响。',
    again: '重试',
    load: '重新载入',
    back: '回到首页',
  },
  en: {
    title: 'This page could not be shown',
    about:
      'What was saved is not affected. Try again; if it goes on, tell the text below to whoever looks after the service.',
    outdated: 'This page has a new version',
    reload: 'The program on the server was replaced. Load the page again. What was saved is not affected.',
    again: 'Try again',
    load: 'Load again',
    back: 'Back to the start',
  },
}

interface TroubleProps {
  /** With another one, what failed is tried anew: the address. */
  readonly place: string
  readonly children: ReactNode
}

/** Wrapped, as anything can be thrown. */
interface Failed {
  readonly error: unknown
}

export class Trouble extends Component<TroubleProps, { readonly failed: Failed | null }> {
  override state: { readonly failed: Failed | null } = { failed: null }

  static getDerivedStateFromError(error: unknown): { failed: Failed } {
    return { failed: { error } }
  }

  override componentDidUpdate(before: TroubleProps): void {
    if (this.state.failed !== null && before.place !== this.props.place) this.setState({ failed: null })
  }

  override render(): ReactNode {
    const { failed } = this.state
    if (failed === null) return this.props.children
    return <Explanation error={failed.error} retry={() => this.setState({ failed: null })} />
  }
}

/** As browsers name a module that could not be had: Chromium, Firefox, Safari. */
const LOST_MODULE = /dynamically imported module|error loading dynamically|importing a module script/i

function Explanation({ error, retry }: { readonly error: unknown; readonly retry: () => void }) {
  const words = useWords(WORDS)
  const queries = useQueryClient()
  const again = () => {
    // What the screen that failed was told may be what it failed at: it is to be asked for anew.
    queries.removeQueries({ type: 'inactive' })
    retry()
  }
  const { language } = useLanguage()
  const told = isProblem(error) ? error.told[language] : error instanceof Error ? error.message : String(error)
  const isOutdated = LOST_MODULE.test(told)
  return (
    <section className="card trouble-page" role="alert">
      <h1 className="row g8">
        <Icon name="warning" />
        {isOutdated ? words.outdated : words.title}
      </h1>
      <p>{isOutdated ? words.reload : words.about}</p>
      {!isOutdated && <pre>{told}</pre>}
      <div className="row g8">
        {isOutdated ? (
          <button type="button" className="btn p" onClick={() => location.reload()}>
            {words.load}
          </button>
        ) : (
          <button type="button" className="btn p" onClick={again}>
            {words.again}
          </button>
        )}
        <a className="btn" href="/">
          {words.back}
        </a>
      </div>
    </section>
  )
}
