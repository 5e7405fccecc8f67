/** Starts the page: the cache of what the server said, and the screens. */
import { notifyManager, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { isProblem } from './api/call.js'
import { Screens } from './screens.js'
import './style/tokens.css'
import './style/base.css'
import { applyTheme } from './theme.js'
import { WordsProvider } from './wording/words.js'

const MOST_TRIES = 2

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // What the server refuses, it refuses again.
      retry: (tries, error) => tries < MOST_TRIES && !isProblem(error),
    },
  },
})

// Told before the page is drawn again. By default it is told a moment later: a step that was sent would then be gone before what the server
// made of it is there, and the report would be undecided again for that moment.
notifyManager.setScheduler(queueMicrotask)
applyTheme()
const root = document.getElementById('root')
if (root === null) throw new Error('the page has no root')
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <WordsProvider>
        <Screens />
      </WordsProvider>
    </QueryClientProvider>
  </StrictMode>,
)
