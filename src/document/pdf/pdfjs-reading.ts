/**
 * The operator list of a page, or the error that broke it off.
 *
 * When reading a page fails in its middle, pdf.js first resolves the list with what it has, and rejects it right after, when nobody
 * can hear it any more: a table cut short would pass for the whole. So the resolving is put off until the rejecting had its turn. That
 * reaches into the state that pdf.js keeps for a page; should an update move it, this throws and the tests say so.
 */
import type * as Pdfjs from 'pdfjs-dist'

export interface OperatorList {
  readonly fnArray: readonly number[]
  readonly argsArray: readonly unknown[]
}

interface Reading {
  readonly renderTasks?: Iterable<{ operatorListChanged: () => void }>
}

/** Without annotations, which are no part of the page's text. */
export function readOperatorList(page: Pdfjs.PDFPageProxy, annotationMode: number): Promise<OperatorList> {
  const list = page.getOperatorList({ annotationMode })
  const { _intentStates: readings } = page as unknown as { readonly _intentStates?: Map<string, Reading> }
  if (readings === undefined) throw new Error('pdf.js keeps the state of a page elsewhere')
  for (const { renderTasks = [] } of readings.values()) {
    for (const task of renderTasks) {
      const settle = task.operatorListChanged
      task.operatorListChanged = () => queueMicrotask(settle)
    }
  }
  return list
}
