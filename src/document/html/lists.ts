/**
 * Items of an <ol> → the ordinals a browser prints before them, which are in no text. Headings are made that way (一、二、三、), by
 * list-style-type or by the classes of UEditor, which draws its Chinese ordinals as pictures.
 */
import { attribute, type Element } from './tree.js'

export interface ListCounter {
  next: number
  readonly format: (count: number) => string
}

/** The item already has its ordinal as text. */
export const ORDINAL_AHEAD =
  /^(?:[一二三四五六七八九十]+[、．.]|[（(][一二三四五六七八九十\d]+[）)]|\d+[、．.](?!\d)|[①-⑳])/

export function listCounter(list: Element): ListCounter {
  const start = Number.parseInt(attribute(list, 'start') ?? '', 10)
  return { next: Number.isNaN(start) ? 1 : start, format: formatOf(list) }
}

export function itemMarker(item: Element, list: ListCounter): string {
  const value = Number.parseInt(attribute(item, 'value') ?? '', 10)
  if (!Number.isNaN(value)) list.next = value
  const marker = list.format(list.next)
  list.next++
  return marker
}

const HAN = '〇一二三四五六七八九十'

function formatOf(list: Element): ListCounter['format'] {
  const editor = /(?:^|\s)custom_(cn|num)([12])?(?:\s|$)/.exec(attribute(list, 'class') ?? '')
  if (editor !== null) {
    const digits = editor[1] === 'cn' ? chinese : String
    if (editor[2] === '1') return (count) => `${digits(count)}、`
    if (editor[2] === '2') return (count) => `（${digits(count)}）`
    return (count) => `${digits(count)}、`
  }
  const style = /list-style(?:-type)?\s*:\s*([\w-]+)/.exec(attribute(list, 'style') ?? '')?.[1]
  if (style === 'none') return () => ''
  if (style === 'cjk-ideographic' || style === 'simp-chinese-informal') return (count) => `${chinese(count)}、`
  const type = attribute(list, 'type') ?? style
  if (type === 'a' || type === 'lower-alpha') return (count) => `${letter(count)}.`
  if (type === 'A' || type === 'upper-alpha') return (count) => `${letter(count).toUpperCase()}.`
  return (count) => `${count}.`
}

/** To 九十九, which no list in a report passes. */
function chinese(count: number): string {
  if (count < 1 || count > 99) return String(count)
  const tens = Math.floor(count / 10)
  const units = count % 10 === 0 && tens > 0 ? '' : (HAN[count % 10] ?? '')
  return tens === 0 ? units : `${tens === 1 ? '' : (HAN[tens] ?? '')}十${units}`
}

function letter(count: number): string {
  return count >= 1 && count <= 26 ? String.fromCharCode(96 + count) : String(count)
}
