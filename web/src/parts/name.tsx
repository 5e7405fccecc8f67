/**
 * Names as text and nothing else, cut where they tell least. Of a file with its folders the folders go first, then the middle of the name:
 * its end tells one file of a folder from the next.
 */
import './parts.css'
import { visibleName } from './visible-name.js'

const KEPT_AT_END = 10
const KEPT_OF_ORGAN = 4

export function FileName({ name }: { readonly name: string }) {
  const shown = visibleName(name)
  const from = shown.lastIndexOf('/') + 1
  const signs = Array.from(shown.slice(from))
  const cut = Math.max(0, signs.length - KEPT_AT_END)
  return (
    <bdi className="name" lang="zh-CN" title={shown}>
      {from > 0 && <span className="name-folder">{shown.slice(0, from)}</span>}
      <span className="name-start">{signs.slice(0, cut).join('')}</span>
      <span>{signs.slice(cut).join('')}</span>
    </bdi>
  )
}

/** Of an organ: what tells it from its neighbours stands at both ends. */
export function OrganName({ name }: { readonly name: string }) {
  const signs = Array.from(visibleName(name))
  const cut = Math.max(0, signs.length - KEPT_OF_ORGAN)
  return (
    <bdi className="name" lang="zh-CN" title={name}>
      <span className="name-start">{signs.slice(0, cut).join('')}</span>
      <span>{signs.slice(cut).join('')}</span>
    </bdi>
  )
}
