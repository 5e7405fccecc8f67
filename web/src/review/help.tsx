/** All keys of a screen, from the table that they work by, as the person has them. */
import { Link } from 'wouter'
import { Dialog } from '../parts/dialog.js'
import { useWords } from '../wording/words.js'
import { type Command, commandsOn, KEYS, type KeyGroup, type Screen, shownOf } from './keys.js'
import { keepKeys, useOwnKeys } from './own-keys.js'
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
const SECOND: ReadonlySet<Command> = new Set(Object.values(PAIRS).flat())

export interface HelpProps {
  readonly screen: Screen
  onClose(): void
}

export function Help({ screen, onClose }: HelpProps) {
  const words = useWords(REVIEW_WORDS)
  const keys = useOwnKeys()
  const commands = commandsOn(screen)
  const groups = GROUPS.filter((group) => commands.some((command) => KEYS[command].group === group))
  return (
    <Dialog title={words.help} about={words.helpMore} kind="wide" onClose={onClose}>
      <div className="dlg-pad rv-help">
        <div className="row g12">
          <label className="row g6">
            <input
              type="checkbox"
              checked={keys.singleKeys}
              onChange={({ target }) => keepKeys({ ...keys, singleKeys: target.checked })}
            />
            {words.singleKeys}
          </label>
          <Link href="/settings">{words.changeKeys}</Link>
        </div>
        <div className="rv-help-groups">
          {groups.map((group) => (
            <section key={group}>
              <h3>{words.groups[group]}</h3>
              <dl>
                {commands
                  .filter((command) => KEYS[command].group === group && !SECOND.has(command))
                  .map((command) => (
                    <Line key={command} command={command} />
                  ))}
              </dl>
            </section>
          ))}
        </div>
      </div>
    </Dialog>
  )
}

function Line({ command }: { readonly command: Command }) {
  const words = useWords(REVIEW_WORDS)
  const { own } = useOwnKeys()
  const all = [command, ...(PAIRS[command] ?? [])]
  return (
    <div className="kr">
      <dt>
        {all
          .flatMap((each) => [...shownOf(each, own)])
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
