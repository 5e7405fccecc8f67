/** The keys of the review screen and what they do; what is edited, asked and announced meanwhile. */
import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react'
import type { Location } from '../../../src/record.js'
import type { Assignment, Made, Reason } from '../../../src/review/decisions.js'
import { isPressing } from '../../../src/review/items.js'
import { chooseTheme, currentTheme } from '../theme.js'
import { useLanguage, useWords } from '../wording/words.js'
import type { CaseActions } from './case-card.js'
import { isWalkedTo, viewCells } from './cells.js'
import { hideClosed, useClosed } from './closed-line.js'
import type { Deciding } from './deciding.js'
import { bringIn, goToRegion } from './desk-places.js'
import { useEditing } from './editing.js'
import { type Entry, lookOf, titleOf } from './entries.js'
import { type CommandOn, commandOf, digitOf } from './keys.js'
import type { Picture, Typing } from './opened-report.js'
import type { BoxesShown, OriginalHandle, Zoom } from './original-pane.js'
import { useOwnKeys } from './own-keys.js'
import { cellsOf, type Direction, neighbourOf, type Part } from './parts.js'
import { placeOf } from './place.js'
import { REVIEW_WORDS } from './review-words.js'
import type { Selection } from './selection.js'
import { keyCellOf, nextOpen, reasonFor, recommendedFor } from './settling.js'

export type Asked = 'help' | 'history' | 'note' | 'handOver' | 'reject' | 'identity' | 'assign'

interface DeskProps {
  readonly picture: Picture
  readonly entries: readonly Entry[]
  readonly parts: readonly Part[]
  readonly selection: Selection
  readonly deciding: Deciding
  readonly isWorking: boolean
  readonly names: ReadonlyMap<string, string>
  readonly body: RefObject<HTMLDivElement | null>
  setTyping(typing: Typing | null): void
}

/** After the last item was closed: a second Enter that was meant for it accepts nothing. */
const CALM = 400
const NEXT_ZOOM: Record<Zoom, Zoom> = { page: 'table', table: 'cell', cell: 'page' }
const NEXT_BOXES: Record<BoxesShown, BoxesShown> = { none: 'related', related: 'all', all: 'none' }
type ReviewCommand = CommandOn<'review'>
/** Commands that change the report. */
const CHANGES = new Set<ReviewCommand>([
  'recommended',
  'asPublished',
  'take',
  'edit',
  'leave',
  'note',
  'undo',
  'redo',
  'accept',
  'handOver',
  'reject',
  'identity',
])

export function useDesk(props: DeskProps) {
  const { picture, entries, parts, selection, deciding, isWorking, names, body, setTyping } = props
  const words = useWords(REVIEW_WORDS)
  const { language, choose: chooseLanguage } = useLanguage()
  const closed = useClosed()
  const root = useRef<HTMLDivElement>(null)
  const dock = useRef<HTMLDivElement>(null)
  const original = useRef<OriginalHandle>(null)
  const [zoom, setZoom] = useState<Zoom>('table')
  const [boxes, setBoxes] = useState<BoxesShown>('related')
  const [allIdentities, setAllIdentities] = useState(false)
  const [withYears, setWithYears] = useState(false)
  const [asked, ask] = useState<Asked | null>(null)
  const [chosenReason, setReason] = useState<{ readonly item: string; readonly reason: Reason } | null>(null)
  const [announced, announce] = useState('')
  const keys = useOwnKeys()
  const closedAt = useRef(0)
  /** What was decided leads to the next item when it closes this one. */
  const goesOn = useRef(false)
  const { entry, at, part, cell } = selection
  const item = entry?.kind === 'item' ? entry.overlaid : null
  const reason =
    item === null ? 'slip' : chosenReason?.item === item.item.id ? chosenReason.reason : reasonFor(item.item)
  const isItemOpen = item !== null && item.state !== 'settled'
  const acceptsNext = picture.overlay.isAcceptable && !isItemOpen

  const { editing, actions: cells } = useEditing({
    picture,
    parts,
    selection,
    isWorking,
    setTyping,
    onStore: (fact, value, how) => {
      goesOn.current = how === 'store'
      deciding.decide({ kind: 'correct', fact, value })
    },
    onWrong: () => announce(words.notFigure),
    onWalk: (step) => walk(step),
  })

  // The current cell takes the focus, unless a person is somewhere else.
  const stand = useEffectEvent(() => {
    // The field that is written in has it, or the dialog.
    if (!selection.wantsFocus.current || cell === null || editing !== null || asked !== null) return
    const element = body.current?.querySelector<HTMLElement>(`[data-fact="${CSS.escape(cell)}"]`)
    if (element === null || element === undefined) return
    selection.wantsFocus.current = false
    element.focus({ preventScroll: true })
    bringIn(element)
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: when another cell is current or stands on the screen
  useEffect(() => stand(), [cell, part, editing, asked])

  // Counts and the way on follow what was decided, however it was decided: where one is led to takes the focus after all else.
  const done = entries.filter((each) => lookOf(each) === 'done').length
  const before = useRef({ done, entries })
  const settle = useEffectEvent(() => {
    if (done === before.current.done) return
    const isMore = done > before.current.done
    const known = new Set(before.current.entries.map(({ id }) => id))
    before.current = { done, entries }
    announce(
      `${words.announce(done, entries.length - done)}${picture.overlay.isAcceptable ? `。${words.left400}` : ''}`,
    )
    if (!isMore) return
    closedAt.current = Date.now()
    if (!goesOn.current || isItemOpen) return
    goesOn.current = false
    const items = picture.overlay.items
    const wasPressing = item !== null && isPressing(item.item)
    const next =
      nextOpen(items, at, (each) => (wasPressing ? isPressing(each.item) : true)) ??
      // What the decision itself has brought up is looked at, too.
      nextOpen(items, at, (each) => !known.has(each.item.id))
    if (next !== null) selection.chooseItem(next)
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the number of closed items changes
  useEffect(() => settle(), [done, picture])

  /** False: there is nothing more in this direction. */
  function walk(step: 1 | -1): boolean {
    const views = viewCells({
      facts: picture.facts,
      overlay: picture.typed,
      equations: picture.equations,
      drawn: new Set(item?.item.checks ?? []),
      allIdentities,
    })
    const cells = cellsOf(part)
    const from = cell === null ? -1 : cells.indexOf(cell)
    const behind = step === 1 ? cells.slice(from + 1) : cells.slice(0, Math.max(0, from)).reverse()
    const next = behind.find((key) => {
      const view = views.get(key)
      return view !== undefined && isWalkedTo(view)
    })
    if (next === undefined) return false
    selection.chooseCell(next)
    return true
  }

  const recommended = () => {
    if (!isItemOpen || item === null) {
      if (!acceptsNext) {
        const next = nextOpen(picture.overlay.items, at, ({ item: each }) => isPressing(each))
        if (next !== null) selection.chooseItem(next)
      } else if (Date.now() - closedAt.current >= CALM) deciding.accept()
      return
    }
    const id = item.item.id
    goesOn.current = true
    switch (recommendedFor(item.item)) {
      case 'as_published':
        return deciding.decide({ kind: 'as_published', item: id, reason })
      case 'take':
        return take()
      case 'confirm':
        return deciding.decide({ kind: 'confirm', item: id })
      case 'seen':
        return deciding.decide({ kind: 'seen', item: id })
      case 'identity':
      case 'assign':
        return ask(recommendedFor(item.item) === 'assign' ? 'assign' : 'identity')
      case 'look': {
        const first = keyCellOf(item.item)
        if (first !== null && part.key !== undefined && !cellsOf(part).includes(cell ?? '')) selection.chooseCell(first)
        else if (!walk(1) && first !== null) selection.chooseCell(first)
        setZoom('cell')
      }
    }
  }
  const assign = (decision: Assignment) => {
    const [first] = decision.cells
    const isOfItem = isItemOpen && decision.cells.some(({ fact }) => item.item.facts.includes(fact))
    goesOn.current = isOfItem
    deciding.decide(decision)
    if (!isOfItem && first !== undefined) selection.chooseCell(first.fact)
  }
  const asPublished = () => {
    if (item === null || !isItemOpen) return
    goesOn.current = true
    deciding.decide({ kind: 'as_published', item: item.item.id, reason })
  }
  const take = () => {
    const changes = item?.item.discrepancy?.proposal?.changes ?? []
    if (changes.length === 0 || !isItemOpen) return
    goesOn.current = true
    deciding.decide(...changes.map(({ fact, derived }) => ({ kind: 'correct' as const, fact, value: derived })))
  }
  const editCurrent = () => {
    const fact = cell ?? (item === null ? null : keyCellOf(item.item))
    if (fact !== null) cells.edit(fact)
  }
  const chooseItem = (next: number) => {
    const chosen = entries[next]
    if (chosen === undefined) return
    selection.chooseItem(next)
    announce(words.announceItem(next + 1, entries.length, titleOf(chosen, names, words)))
  }
  const choosePart = (next: number) => {
    const chosen = parts[next]
    if (chosen !== undefined) selection.choosePart(chosen.key)
  }
  const move = (direction: Direction) => {
    if (cell !== null) selection.chooseCell(neighbourOf(part, cell, direction))
  }
  const region = (step: 1 | -1) =>
    goToRegion([root.current?.querySelector<HTMLElement>('.op-canvas, .op-pane'), body.current, dock.current], step)

  const partAt = parts.indexOf(part)
  const actions: Record<ReviewCommand, () => unknown> = {
    recommended,
    asPublished,
    take,
    edit: editCurrent,
    leave: () => {
      const next = nextOpen(picture.overlay.items, at, () => true)
      if (next !== null) chooseItem(next)
    },
    note: () => ask('note'),
    undo: () => {
      // Whoever has decided something since has gone on.
      if (closed !== null && closed.sha256 !== picture.opened.sha256) {
        hideClosed()
        deciding.undoClosed(closed)
      } else deciding.undo()
    },
    redo: () => deciding.redo(),
    accept: () => {
      if (picture.overlay.isAcceptable) deciding.accept()
      else announce(words.acceptWhy(picture.openPressing))
    },
    nextCell: () => walk(1),
    previousCell: () => walk(-1),
    nextItem: () => chooseItem((at + 1) % Math.max(1, entries.length)),
    previousItem: () => chooseItem((at - 1 + entries.length) % Math.max(1, entries.length)),
    left: () => move('left'),
    right: () => move('right'),
    up: () => move('up'),
    down: () => move('down'),
    part: () => undefined,
    previousPart: () => choosePart(Math.max(0, partAt - 1)),
    nextPart: () => choosePart(Math.min(parts.length - 1, partAt + 1)),
    nextRegion: () => region(1),
    previousRegion: () => region(-1),
    identities: () => setAllIdentities(!allIdentities),
    years: () => setWithYears(!withYears),
    zoom: () => setZoom(NEXT_ZOOM[zoom]),
    nearer: () => original.current?.zoomBy(1),
    farther: () => original.current?.zoomBy(-1),
    pageUp: () => original.current?.turnPage(-1),
    pageDown: () => original.current?.turnPage(1),
    boxes: () => setBoxes(NEXT_BOXES[boxes]),
    window: () => void window.open(`/api/v1/documents/${picture.opened.sha256}/original`, '_blank', 'noopener'),
    skip: () => deciding.next(),
    handOver: () => ask('handOver'),
    reject: () => ask('reject'),
    history: () => ask('history'),
    identity: () => ask('identity'),
    help: () => ask('help'),
    language: () => chooseLanguage(language === 'zh' ? 'en' : 'zh'),
    theme: () => chooseTheme(currentTheme() === 'light' ? 'dark' : 'light'),
    close: () => ask(null),
  }
  /** False: the key is left to the browser. */
  const command = (name: ReviewCommand): boolean => {
    if (CHANGES.has(name) && !isWorking) return true
    return actions[name]() !== false
  }

  const press = useEffectEvent((event: KeyboardEvent) => {
    if (asked !== null || event.defaultPrevented) return
    const here = placeOf(event.target)
    const name = commandOf(event, 'review', here, keys)
    if (name === null) return
    if (name === 'part') {
      const digit = Number(digitOf(event))
      choosePart(parts.findIndex(({ ordinal }) => ordinal === '一') + digit - 1)
    } else if (!command(name)) return
    event.preventDefault()
  })
  // From the first moment that something is to be seen.
  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent) => press(event)
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])

  const caseActions: CaseActions = {
    recommended,
    asPublished,
    take,
    edit: editCurrent,
    note: () => ask('note'),
    undo: (made: Made) => deciding.undo(made),
    chooseReason: (chosen) => item !== null && setReason({ item: item.item.id, reason: chosen }),
    show: (location: Location | null, fact: string | null) => selection.show(location, fact),
  }
  return {
    root,
    dock,
    original,
    zoom,
    setZoom,
    boxes,
    setBoxes,
    allIdentities,
    withYears,
    asked,
    ask,
    editing,
    reason,
    announced,
    acceptsNext,
    assign,
    command,
    cells,
    caseActions,
  }
}
