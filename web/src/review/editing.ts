/** Writing into a cell: all sums are made again with what is typed, and it is stored when a person goes on. */
import { useState } from 'react'
import type { CellActions, Editing, Finish } from './cell.js'
import { foldTyped } from './figures.js'
import type { Picture, Typing } from './opened-report.js'
import type { Part } from './parts.js'
import type { Selection } from './selection.js'

export interface EditingProps {
  readonly picture: Picture
  readonly parts: readonly Part[]
  readonly selection: Selection
  readonly isWorking: boolean
  setTyping(typing: Typing | null): void
  onStore(fact: string, value: number | null, how: Finish): void
  /** What was typed is no figure. */
  onWrong(): void
  onWalk(step: 1 | -1): void
}

export function useEditing(props: EditingProps): { readonly editing: Editing | null; readonly actions: CellActions } {
  const { picture, parts, selection, isWorking, setTyping } = props
  const [editing, setEditing] = useState<Editing | null>(null)

  const type = (fact: string, text: string, isWhole: boolean) => {
    const slot = slotOf(parts, fact)
    const folded = foldTyped(text, slot?.type ?? 'integer', slot?.unit ?? '件')
    setEditing({ fact, text, value: folded.isFigure ? folded.value : undefined, isWhole })
    setTyping(folded.isFigure ? { fact, value: folded.value } : null)
  }
  const end = (how: Finish) => {
    setEditing(null)
    setTyping(null)
    if (how !== 'keep') selection.wantsFocus.current = true
  }
  return {
    editing,
    actions: {
      select: selection.chooseCell,
      edit(fact, text) {
        if (!isWorking) return
        const corrected = picture.overlay.corrections.get(fact)
        const value = corrected === undefined ? (picture.facts.get(fact)?.value ?? null) : corrected.decision.value
        selection.chooseCell(fact)
        type(fact, text ?? (value === null ? '' : String(value)), text === undefined)
      },
      type: (text) => editing !== null && type(editing.fact, text, false),
      finish(how) {
        if (editing === null) return
        const { fact, value } = editing
        // Who clicks elsewhere is not held up by what is no figure.
        if (how === 'leave' || (how === 'keep' && value === undefined)) return end(how)
        if (value === undefined) return props.onWrong()
        end(how)
        if (isOther(picture, fact, value)) props.onStore(fact, value, how)
        if (how === 'next' || how === 'previous') props.onWalk(how === 'next' ? 1 : -1)
      },
    },
  }
}

/** What stands there already is no correction; what was not read is one whatever is typed. */
function isOther({ overlay, facts }: Picture, fact: string, value: number | null): boolean {
  const corrected = overlay.corrections.get(fact)
  if (corrected !== undefined) return corrected.decision.value !== value
  const read = facts.get(fact)
  return read === undefined || ['absent', 'unreadable'].includes(read.state) || read.value !== value
}

function slotOf(parts: readonly Part[], fact: string) {
  for (const { tables } of parts) {
    for (const { rows } of tables) {
      for (const { cells } of rows) {
        const cell = cells.find(({ key }) => key === fact)
        if (cell !== undefined) return cell.slot
      }
    }
  }
  return null
}
