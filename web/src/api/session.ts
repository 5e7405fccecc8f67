/** Who is signed in. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { get, isProblem, rememberCsrfToken, send } from './call.js'

export type Role = 'archivist' | 'reviewer' | 'analyst' | 'administrator'
export type Scope = 'read' | 'upload' | 'reextract' | 'delete' | 'review' | 'monitor' | 'administer'

export interface Who {
  readonly name: string
  readonly role: Role | null
  readonly scopes: readonly Scope[]
  readonly csrfToken: string | null
}

const KEY = ['session']

let name: string | null = null

/** Whose settings of this browser hold; null: nobody's. */
export function signedIn(): string | null {
  return name
}

function remember(who: Who): Who {
  rememberCsrfToken(who.csrfToken)
  name = who.name
  return who
}

/** `data` null: nobody is signed in. */
export function useSession() {
  return useQuery({ queryKey: KEY, queryFn: askWho, staleTime: 60_000 })
}

async function askWho(): Promise<Who | null> {
  try {
    return remember(await get<Who>('/session'))
  } catch (error) {
    if (isProblem(error) && error.status === 401) return null
    throw error
  }
}

export function useSignIn() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (credentials: { readonly name: string; readonly password: string }) =>
      send<Who>('POST', '/session', credentials),
    onSuccess: (who) => {
      queries.setQueryData(KEY, remember(who))
    },
  })
}

export function useSignOut() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => send<void>('DELETE', '/session'),
    onSuccess: () => {
      rememberCsrfToken(null)
      name = null
      queries.clear()
      queries.setQueryData(KEY, null)
    },
  })
}
