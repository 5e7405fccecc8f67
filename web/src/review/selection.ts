/**
 * What one looks at: the item, the part of the report, the cell. Item and part stand in the address, so that a link opens the same view; the
 * cell follows the item until a person goes elsewhere.
 */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useSearchParams } from 'wouter'
import type { Location } from '../../../src/record.js'
import { type Entry, lookOf } from './entries.js'
import type { Picture } from './opened-report.js'
import { type Part, partOfFact } from './parts.js'
import { partOfEntry } from './section-tabs.js'
import { keyCellOf } from './settling.js'

export interface Selection {
  /** -1: there are no items. */
  readonly at: number
  readonly entry: Entry | null
  readonly part: Part
  readonly cell: string | null
  /** A place that is no cell, such as a sentence. */
  readonly place: Location | null
  chooseItem(at: number): void
  choosePart(key: string): void
  chooseCell(fact: string): void
  show(location: Location | null, fact: string | null): void
  /** The cell takes the focus when it stands on the screen. */
  readonly wantsFocus: { current: boolean }
}

export function useSelection(entries: readonly Entry[], parts: readonly Part[], { facts, opened }: Picture): Selection {
  const { tables } = opened.record
  const [search, setSearch] = useSearchParams()
  const given = Number(search.get('item') ?? 0)
  const first = Math.max(
    0,
    entries.findIndex((entry) => lookOf(entry) !== 'done'),
  )
  const [held, hold] = useState<{ readonly given: number; readonly id: string } | null>(null)
  // What one looks at stays, also where an item comes or goes before it.
  const moved = held !== null && held.given === given ? entries.findIndex(({ id }) => id === held.id) : -1
  const at = moved >= 0 ? moved : entries.length === 0 ? -1 : given >= 1 && given <= entries.length ? given - 1 : first
  const entry = entries[at] ?? null
  const ofItem = entry === null ? null : partOfEntry(entry, parts)
  const key = search.get('table') ?? ofItem ?? parts[1]?.key ?? 'head'
  const part = parts.find((each) => each.key === key) ?? parts[0]
  if (part === undefined) throw new Error('a report has no parts')
  const [cell, setCell] = useState<string | null>(() => keyCell(entry))
  const [place, setPlace] = useState<Location | null>(null)
  const wantsFocus = useRef(true)

  const address = useCallback(
    (item: number, table: string) =>
      setSearch(
        (old) => {
          const next = new URLSearchParams(old)
          if (item >= 0) next.set('item', String(item + 1))
          next.set('table', table)
          return next
        },
        { replace: true },
      ),
    [setSearch],
  )

  // A link without them tells them from now on.
  const isTold = search.has('table')
  useEffect(() => {
    if (!isTold || (moved >= 0 && moved !== given - 1)) address(at, part.key)
  }, [isTold, moved, given, address, at, part.key])
  const id = entry?.id ?? null
  useEffect(() => hold(id === null ? null : { given, id }), [given, id])

  return useMemo(
    () => ({
      at,
      entry,
      part,
      cell,
      place,
      wantsFocus,
      chooseItem(next: number) {
        const chosen = entries[next]
        if (chosen === undefined) return
        wantsFocus.current = true
        setCell(keyCell(chosen))
        setPlace(placeOf(chosen))
        address(next, partOfEntry(chosen, parts))
      },
      choosePart(next: string) {
        const chosen = parts.find((each) => each.key === next)
        const table = tables.find((each) => each.key === chosen?.table)
        setPlace(table?.location ?? chosen?.sections[0]?.location ?? null)
        setCell(null)
        address(at, next)
      },
      chooseCell(fact: string) {
        wantsFocus.current = true
        setCell(fact)
        setPlace(null)
        const of = partOfFact(fact, parts)
        if (of !== null && of !== part.key) address(at, of)
      },
      show(location: Location | null, fact: string | null) {
        if (fact !== null && facts.has(fact)) {
          setCell(fact)
          const of = partOfFact(fact, parts)
          if (of !== null && of !== part.key) address(at, of)
        }
        setPlace(location)
      },
    }),
    [at, entry, part, cell, place, entries, parts, address, facts, tables],
  )
}

function keyCell(entry: Entry | null): string | null {
  if (entry === null) return null
  return entry.kind === 'item'
    ? keyCellOf(entry.overlaid.item)
    : (entry.equation.totalFact ?? entry.equation.facts[0] ?? null)
}

/** Of what is no cell: where the report says it. */
function placeOf(entry: Entry): Location | null {
  if (entry.kind === 'broken') return null
  const { facts, location } = entry.overlaid.item
  return facts.length === 0 ? location : null
}
