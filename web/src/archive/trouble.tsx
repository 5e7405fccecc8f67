/** What went wrong, in words, and the button that tries again. */
import { isProblem } from '../api/call.js'
import { Icon } from '../parts/icon.js'
import { useWords } from '../wording/words.js'

const WORDS = {
  zh: { offline: '连不上服务器。请检查网络后重试。', again: '重试' },
  en: { offline: 'The server cannot be reached. Check the connection and try again.', again: 'Try again' },
}

export function Trouble({ error, retry }: { readonly error: unknown; readonly retry?: () => void }) {
  const words = useWords(WORDS)
  return (
    <div className="row g8 arc-trouble" role="alert">
      <Icon name="warning" />
      <span>{isProblem(error) ? error.detail : words.offline}</span>
      {retry !== undefined && (
        <button type="button" className="btn sm" onClick={retry}>
          <Icon name="retry" />
          {words.again}
        </button>
      )}
    </div>
  )
}
