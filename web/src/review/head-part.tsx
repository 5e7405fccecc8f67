/** What a report says of itself: title, organ, year, form and period, as read or as a person set it. */
import { useWords } from '../wording/words.js'
import type { Picture } from './opened-report.js'
import { REVIEW_WORDS } from './review-words.js'

export function HeadPart({ picture, onChange }: { readonly picture: Picture; readonly onChange: (() => void) | null }) {
  const words = useWords(REVIEW_WORDS)
  const { overlay, vintage, opened } = picture
  const { report } = opened.record
  const rows = [
    { name: words.headRows.title, read: report.title, now: report.title },
    { name: words.headRows.organ, read: report.organ, now: overlay.organ },
    { name: words.headRows.year, read: report.year?.toString() ?? null, now: overlay.year?.toString() ?? null },
    { name: words.headRows.vintage, read: report.vintage, now: vintage },
    {
      name: words.headRows.period,
      read: report.period === null ? null : `${report.period.start} – ${report.period.end}`,
      now: report.period === null ? null : `${report.period.start} – ${report.period.end}`,
    },
    { name: words.headRows.file, read: opened.fileName, now: opened.fileName },
  ]
  return (
    <div className="rv-scroll rv-head">
      <table>
        <tbody>
          {rows.map(({ name, read, now }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>
                <bdi>{now ?? '—'}</bdi>
                {now !== read && <span className="tag ok">{words.readAs(read ?? '—')}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {onChange !== null && (
        <button type="button" className="btn" onClick={onChange}>
          {words.changeHead} <span className="k">N</span>
        </button>
      )}
    </div>
  )
}
