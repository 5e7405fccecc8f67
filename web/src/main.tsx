/** Starts the page: the cache of what the server said, and the screens. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
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
