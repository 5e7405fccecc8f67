/**
 * /review/:document: a flagged report settled beside the page it was printed on.
 *
 * The figures are drawn first, from one answer of the server; the page follows. What is decided is shown at once and sent behind it. Whoever
 * may not change the report (another's claim, another tab, no right to) sees all the same.
 */
import { useQueryClient } from '@tanstack/react-query'
import { type CSSProperties, lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import { Link } from 'wouter'
import type { ReviewOpened } from '../../../src/review/api.js'
import { isProblem } from '../api/call.js'
import type { Who } from '../api/session.js'
import { Wait } from '../parts/wait.js'
import { useLanguage, useWords } from '../wording/words.js'
import type { ToAssign } from './assign-laying.js'
import { Caption } from './caption.js'
import { CaseCard } from './case-card.js'
import { marksFor, viewCells } from './cells.js'
import { useClaim } from './claiming.js'
import { useDeciding } from './deciding.js'
import { DecisionBar } from './decision-bar.js'
import { useDesk } from './desk.js'
import { IdentityDialog, NoteDialog, RejectDialog } from './dialogs.js'
import { DocumentBar } from './document-bar.js'
import { entriesOf, equationsOfEntry, lookOf } from './entries.js'
import { cellNames } from './equations.js'
import { FormPane } from './form-pane.js'
import { HandOverDialog } from './hand-over.js'
import { Help } from './help.js'
import { ItemList } from './item-list.js'
import { Notices } from './notices.js'
import { useOnlyTab } from './only-tab.js'
import { prefetchNext, type Typing, useOpened, usePicture, useSender } from './opened-report.js'
import { OriginalPane } from './original-pane.js'
import { type Part, partsOf } from './parts.js'
import { Pointed } from './pointed.js'
import { REVIEW_WORDS } from './review-words.js'
import { SectionTabs } from './section-tabs.js'
import { useSelection } from './selection.js'
import { Splitter, useSplit } from './splitter.js'
import './review.css'
import './statutory-table.css'

const AssignDialog = lazy(() => import('./assign-dialog.js').then(({ AssignDialog }) => ({ default: AssignDialog })))
const History = lazy(() => import('./history.js').then(({ History }) => ({ default: History })))

/** What comes next is fetched when this one stands. */
const SOON = 400

export function Review({ document, who }: { readonly document: string; readonly who: Who }) {
  const words = useWords(REVIEW_WORDS)
  const { language } = useLanguage()
  const { data: opened, error } = useOpened(document)
  if (opened !== undefined) return <Desk key={document} opened={opened} who={who} />
  if (error === null) return <Wait />
  return (
    <main className="entry">
      <div className="card entry-card" role="alert">
        <h1>{words.notOpened}</h1>
        <p className="s2">{isProblem(error) ? error.told[language] : words.offlineMore}</p>
        <Link href="/review" className="btn p">
          {words.toQueue}
        </Link>
      </div>
    </main>
  )
}

function Desk({ opened, who }: { readonly opened: ReviewOpened; readonly who: Who }) {
  const words = useWords(REVIEW_WORDS)
  const queries = useQueryClient()
  const { sha256, record } = opened
  const mayReview = who.scopes.includes('review')
  const isOnlyTab = useOnlyTab(sha256)
  const isOpen = opened.state.status === 'open'
  const claiming = useClaim(sha256, mayReview && isOnlyTab && isOpen)
  const { sender, sending } = useSender(sha256, who.name, mayReview && isOnlyTab)
  const isTheirs = claiming.claim !== null && !claiming.claim.isMine
  const isWorking = mayReview && isOnlyTab && isOpen && !isTheirs && !claiming.isLost

  const [typing, setTyping] = useState<Typing | null>(null)
  const [toAssign, setToAssign] = useState<ToAssign | null>(null)
  const picture = usePicture(opened, sending.steps, typing, who.name)
  const names = useMemo(() => cellNames(picture.record), [picture.record])
  const parts = useMemo(() => partsOf(picture.record, picture.vintage), [picture.record, picture.vintage])
  const entries = useMemo(() => entriesOf(picture), [picture])
  const selection = useSelection(entries, parts, picture)
  const deciding = useDeciding(picture, sender, sending, who.name)
  const pointed = useMemo(() => new Pointed(), [])
  const body = useRef<HTMLDivElement>(null)
  const split = useSplit()
  const desk = useDesk({ picture, entries, parts, selection, deciding, isWorking, names, body, setTyping })
  const { entry, part, cell, place } = selection

  const item = entry?.kind === 'item' ? entry.overlaid : null
  const drawn = useMemo(
    () => new Set(entry === null ? [] : equationsOfEntry(entry, picture).map(({ name }) => name)),
    [entry, picture],
  )
  const { allIdentities } = desk
  const views = useMemo(
    () =>
      viewCells({
        facts: picture.facts,
        overlay: picture.typed,
        equations: picture.equations,
        drawn,
        allIdentities,
      }),
    [picture, drawn, allIdentities],
  )
  const proposed = useMemo(() => {
    const changes = item === null || item.state === 'settled' ? [] : (item.item.discrepancy?.proposal?.changes ?? [])
    return new Map(changes.map(({ fact, derived }) => [fact, derived]))
  }, [item])
  const marked = useMemo(() => marksFor(views), [views])
  const badges = useMemo(() => errorsByPage(entries, opened), [entries, opened])
  const table = record.tables.find(({ key }) => key === part.table)?.location ?? null

  useEffect(() => {
    if (!isWorking) return
    const timer = setTimeout(() => {
      prefetchNext(queries, sha256).catch((error: unknown) => console.warn('the next report is not at hand', error))
    }, SOON)
    return () => clearTimeout(timer)
  }, [isWorking, queries, sha256])

  // The cell under the pointer on the page is framed in the table, by a class and nothing more.
  useEffect(() => pointed.subscribe((fact) => frame(body.current, fact)), [pointed])

  const errors = entries.filter((each) => lookOf(each) === 'error' || lookOf(each) === 'lapsed').length
  const notes = entries.filter((each) => lookOf(each) === 'note').length
  const { asked, ask } = desk

  return (
    <div className="rv" ref={desk.root}>
      <DocumentBar
        picture={picture}
        sending={sending}
        claiming={claiming}
        errors={errors}
        notes={notes}
        onHistory={() => ask('history')}
        onHelp={() => ask('help')}
      />
      <Notices
        picture={picture}
        sender={sender}
        sending={sending}
        claiming={claiming}
        isOnlyTab={isOnlyTab}
        mayReview={mayReview}
        names={names}
        refusal={deciding.refusal}
        onNext={() => deciding.next()}
        onReopen={deciding.reopen}
        onHistory={() => ask('history')}
        onUndoClosed={deciding.undoClosed}
        onRefusalSeen={deciding.forgetRefusal}
      />
      <main
        className="rv-work"
        style={split.width === null ? undefined : ({ '--rv-split': `${split.width}px` } as CSSProperties)}
      >
        <OriginalPane
          ref={desk.original}
          sha256={sha256}
          mediaType={record.document.mediaType}
          pageCount={record.document.pageCount}
          facts={picture.record.facts}
          marked={marked}
          current={cell}
          place={place}
          table={table}
          zoom={desk.zoom}
          onZoom={desk.setZoom}
          boxes={desk.boxes}
          onBoxes={desk.setBoxes}
          badges={badges}
          onSelect={selection.chooseCell}
          onHover={(fact) => pointed.point(fact)}
          caption={<Caption pointed={pointed} current={cell} views={views} names={names} />}
        />
        <Splitter label={words.splitter} width={split.shown} onChange={split.choose} />
        <section
          className={`rv-right${part.tables.length > 0 && part.table !== 'review_litigation' ? ' tall-table' : ''}`}
          aria-label={words.form}
        >
          <SectionTabs parts={parts} current={part.key} entries={entries} onChoose={selection.choosePart} />
          <FormPane
            part={part}
            picture={picture}
            views={views}
            item={item}
            drawn={drawn}
            proposed={proposed}
            current={cell}
            editing={desk.editing}
            actions={desk.cells}
            allIdentities={allIdentities}
            withYears={desk.withYears}
            isWorking={isWorking}
            body={body}
            onPoint={(fact) => {
              pointed.point(fact)
              desk.original.current?.hover(fact)
            }}
            onIdentities={() => desk.command('identities')}
            onYears={() => desk.command('years')}
            onIdentity={() => ask('identity')}
            onAssign={(what) => {
              setToAssign(what)
              ask('assign')
            }}
            onCorrectText={(section, text) => deciding.decide({ kind: 'correct_section', section, text })}
            onSelect={selection.chooseCell}
          />
          <div className="rv-dock" ref={desk.dock} tabIndex={-1}>
            <ItemList
              entries={entries}
              at={selection.at}
              picture={picture}
              names={names}
              onChoose={selection.chooseItem}
            />
            {entry === null ? (
              <section className="rv-case rv-empty">
                <p>{words.nothing}</p>
              </section>
            ) : (
              <CaseCard
                key={entry.id}
                entry={entry}
                picture={picture}
                marked={marked}
                names={names}
                reason={desk.reason}
                isWorking={isWorking}
                actions={desk.caseActions}
              />
            )}
          </div>
        </section>
      </main>
      <DecisionBar
        entries={entries}
        picture={picture}
        isWorking={isWorking}
        isBusy={deciding.isBusy}
        isNext={desk.acceptsNext}
        onSkip={() => deciding.next()}
        onHandOver={() => ask('handOver')}
        onReject={() => ask('reject')}
        onIdentity={() => ask('identity')}
        onAssign={() => ask('assign')}
        onNote={() => ask('note')}
        onWindow={() => desk.command('window')}
        onAccept={deciding.accept}
      />
      <p className="rv-unseen" aria-live="polite">
        {desk.announced}
      </p>
      {asked === 'help' && <Help screen="review" onClose={() => ask(null)} />}
      {asked === 'history' && (
        <Suspense fallback={null}>
          <History sha256={sha256} onClose={() => ask(null)} />
        </Suspense>
      )}
      {asked === 'assign' && (
        <Suspense fallback={null}>
          <AssignDialog
            picture={picture}
            what={toAssign ?? { table: tableOfItem(item?.item.facts[0], part), row: null }}
            onDone={desk.assign}
            onClose={() => {
              setToAssign(null)
              ask(null)
            }}
          />
        </Suspense>
      )}
      {asked === 'note' && <NoteDialog onDone={deciding.decide} onClose={() => ask(null)} />}
      {asked === 'handOver' && (
        <HandOverDialog
          onDone={(decision) => {
            deciding.decide(decision)
            deciding.next()
          }}
          onClose={() => ask(null)}
        />
      )}
      {asked === 'reject' && <RejectDialog onDone={deciding.reject} onClose={() => ask(null)} />}
      {asked === 'identity' && (
        <IdentityDialog
          picture={picture}
          onDone={(decisions) => deciding.decide(...decisions)}
          onClose={() => ask(null)}
        />
      )}
    </div>
  )
}

/** The table that an item is about, else the first of the part. */
function tableOfItem(fact: string | undefined, { tables }: Part): string {
  const own = tables.find(({ rows }) => rows.some(({ cells }) => cells.some(({ key }) => key === fact)))
  return (own ?? tables[0])?.key ?? ''
}

function frame(table: HTMLElement | null, fact: string | null): void {
  for (const framed of table?.querySelectorAll('.pointed') ?? []) framed.classList.remove('pointed')
  if (fact !== null) table?.querySelector(`[data-fact="${CSS.escape(fact)}"]`)?.classList.add('pointed')
}

function errorsByPage(entries: ReturnType<typeof entriesOf>, { record }: ReviewOpened): ReadonlyMap<number, number> {
  const pages = new Map<number, number>()
  const places = new Map(record.facts.map(({ key, location }) => [key, location]))
  for (const entry of entries) {
    const look = lookOf(entry)
    if (look !== 'error' && look !== 'lapsed') continue
    const location =
      entry.kind === 'item' ? entry.overlaid.item.location : (places.get(entry.equation.facts[0] ?? '') ?? null)
    if (location?.kind === 'page') pages.set(location.page, (pages.get(location.page) ?? 0) + 1)
  }
  return pages
}
