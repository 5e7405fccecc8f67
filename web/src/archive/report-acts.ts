/** What can be done to the reports of the list: read again those that are chosen or failed, delete. Each says what came of it. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { get, send } from '../api/call.js'
import { useWords } from '../wording/words.js'
import type { DocumentAnswer } from './answers.js'
import { queryOf, type ReportFilter } from './report-filter.js'

const WORDS = {
  zh: {
    queued: (count: number) => `${count} 份已排队重读，读完之前现有结果不变`,
    deleted: (count: number) => `已删除 ${count} 份`,
  },
  en: {
    queued: (count: number) => `${count} to be read again; results stay until then`,
    deleted: (count: number) => `${count} deleted`,
  },
}

export interface DocumentsPage {
  readonly documents: readonly DocumentAnswer[]
  readonly next: string | null
}

const MOST_ASKED = 10_000

export function useReportActs(filter: ReportFilter, chosen: ReadonlySet<string>, onDeleted: () => void) {
  const words = useWords(WORDS)
  const queries = useQueryClient()
  const [said, setSaid] = useState('')
  const isDone = async (told: string) => {
    setSaid(told)
    await queries.invalidateQueries({ queryKey: ['documents'] })
  }
  const reextract = useMutation({
    mutationFn: () => readAgain([...chosen].slice(0, MOST_ASKED)),
    onSuccess: (count) => isDone(words.queued(count)),
  })
  const retryFailed = useMutation({
    mutationFn: async () => readAgain(await allFailed(filter)),
    onSuccess: (count) => isDone(words.queued(count)),
  })
  const remove = useMutation({
    mutationFn: async (reason: string) => {
      for (const sha256 of chosen) await send('DELETE', `/documents/${sha256}`, { reason })
      return chosen.size
    },
    onSuccess: (count) => {
      onDeleted()
      return isDone(words.deleted(count))
    },
  })
  return { said, reextract, retryFailed, remove, trouble: reextract.error ?? retryFailed.error ?? remove.error }
}

async function readAgain(sha256s: readonly string[]): Promise<number> {
  if (sha256s.length === 0) return 0
  return (await send<{ queued: number }>('POST', '/documents/reextract', { sha256s })).queued
}

/** Of what the filters leave, whether it is loaded yet or not. */
async function allFailed(filter: ReportFilter): Promise<readonly string[]> {
  const found: string[] = []
  for (const status of ['failed', 'given_up']) {
    let cursor: string | null = null
    do {
      const page: DocumentsPage = await get(
        `/documents?${queryOf({ ...filter, status }, { limit: '500', ...(cursor === null ? {} : { cursor }) })}`,
      )
      found.push(...page.documents.map(({ sha256 }) => sha256))
      cursor = page.next
    } while (cursor !== null && found.length < MOST_ASKED)
  }
  return [...new Set(found)].slice(0, MOST_ASKED)
}
