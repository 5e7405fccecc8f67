/** All keys, from the table that they work by. */
import { useWords } from '../wording/words.js'
import { Dialog } from './dialogs.js'
import { COMMANDS, type Command, KEYS, type KeyGroup } from './keys.js'
import { REVIEW_WORDS } from './review-words.js'

const GROUPS: readonly KeyGroup[] = ['decide', 'move', 'look', 'report', 'queue', 'other']
/** Shown in one line with the one before. */
const PAIRS: Partial<Record<Command, readonly Command[]>> = {
  nextCell: ['previousCell'],
  nextItem: ['previousItem'],
  left: ['up', 'down', 'right'],
  previousPart: ['nextPart'],
  nextRegion: ['previousRegion'],
  nearer: ['farther'],
  pageUp: ['pageDown'],
  undo: ['redo'],
  down1: ['up1'],
}
const SECOND = new Set(Object.values(PAIRS).flat())

export interface HelpProps {
  readonly singleKeys: boolean
  onSingleKeys(areOn: boolean): void
  onClose(): void
}

export function Help({ singleKeys, onSingleKeys, onClose }: HelpProps) {
  const words = useWords(REVIEW_WORDS)
  return (
    <Dialog title={words.help} className="rv-help" onClose={onClose}>
      <div className="row g12">
        <b className="rv-help-title">{words.help}</b>
        <span className="s2">{words.helpMore}</span>
        <span className="sp" />
        <label className="row g6">
          <input type="checkbox" checked={singleKeys} onChange={({ target }) => onSingleKeys(target.checked)} />
          {words.singleKeys}
        </label>
        <button type="button" className="btn sm" onClick={onClose}>
          {words.close} <span className="k">Esc</span>
        </button>
      </div>
      <div className="rv-help-groups">
        {GROUPS.map((group) => (
          <section key={group}>
            <h2>{words.groups[group]}</h2>
            <dl>
              {COMMANDS.filter((command) => KEYS[command].group === group && !SECOND.has(command)).map((command) => (
                <Line key={command} command={command} />
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}

function Line({ command }: { readonly command: Command }) {
  const words = useWords(REVIEW_WORDS)
  const all = [command, ...(PAIRS[command] ?? [])]
  return (
    <div className="kr">
      <dt>
        {all
          .flatMap((each) => [...KEYS[each].shown])
          .map((shown) => (
            <span key={shown} className="k">
              {shown}
            </span>
          ))}
      </dt>
      <dd>{all.map((each) => words.commands[each]).join(words.commands.close.includes('、') ? '、' : ', ')}</dd>
    </div>
  )
}
