/** Something is on its way. Nothing is shown for what comes at once. */
import { useEffect, useState } from 'react'
import { useWords } from '../wording/words.js'

const SOON = 250

const WORDS = { zh: { loading: '载入中' }, en: { loading: 'Loading' } }

export function Wait() {
  const words = useWords(WORDS)
  const [isLate, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), SOON)
    return () => clearTimeout(timer)
  }, [])
  return isLate ? (
    <p className="wait" role="status">
      {words.loading}…
    </p>
  ) : null
}
