/**
 * The UserUnit of pages, by object number: PDFium does not tell it. Found in the bytes of the file, so not in page objects that are
 * packed into a compressed stream; such a page is then measured in its own units, which moves its boxes but changes no text.
 */
const KEY = '/UserUnit'
/** Pages that may have one: a file that says more is not looked at further. */
const MOST = 2000
/** How far before the key the page object may begin. */
const REACH = 4096

export function findUserUnits(bytes: Uint8Array): ReadonlyMap<number, number> {
  const units = new Map<number, number>()
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = file.indexOf(KEY)
  for (let count = 0; at >= 0 && count < MOST; count++) {
    const value = Number.parseFloat(file.toString('latin1', at + KEY.length, at + KEY.length + 32))
    const before = file.toString('latin1', Math.max(0, at - REACH), at)
    const object = [...before.matchAll(/(?<!\d)(\d{1,9})\s+\d{1,5}\s+obj\b/g)].at(-1)?.[1]
    if (object !== undefined && value > 0) units.set(Number(object), value)
    at = file.indexOf(KEY, at + KEY.length)
  }
  return units
}
