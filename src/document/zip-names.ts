/**
 * The bytes of a zip → where it ends, and the names of its members: just enough to tell what kind of package it is.
 *
 * Reads no member's data and believes no size beyond the end of the bytes. A zip whose directory is missing (a download cut
 * short) still gives the names of the members that are there. Names are lower case with forward slashes, one character a byte.
 */

const MOST_NAMES = 5_000
const END_RECORD = 22
const DIRECTORY_ENTRY = 46
const LOCAL_HEADER = 30
const LONGEST_COMMENT = 0xffff

/** Offset of the end-of-directory record, or null when there is none: the zip is cut short, or no zip. */
export function endRecord(bytes: Uint8Array): number | null {
  const first = Math.max(0, bytes.length - END_RECORD - LONGEST_COMMENT)
  for (let offset = bytes.length - END_RECORD; offset >= first; offset--) {
    if (signature(bytes, offset, 5, 6)) return offset
  }
  return null
}

/** Without what was appended to the archive: a download's trailing bytes make strict readers refuse it. */
export function withoutTrailer(bytes: Uint8Array): Uint8Array {
  const end = endRecord(bytes)
  return end === null ? bytes : bytes.subarray(0, end + END_RECORD + viewOf(bytes).getUint16(end + 20, true))
}

export function memberNames(bytes: Uint8Array): string[] {
  const end = endRecord(bytes)
  const names = end === null ? [] : namesInDirectory(bytes, end)
  return names.length > 0 ? names : namesInHeaders(bytes)
}

function namesInDirectory(bytes: Uint8Array, end: number): string[] {
  const view = viewOf(bytes)
  const names: string[] = []
  let offset = end - view.getUint32(end + 12, true)
  while (
    offset >= 0 &&
    offset + DIRECTORY_ENTRY <= end &&
    signature(bytes, offset, 1, 2) &&
    names.length < MOST_NAMES
  ) {
    const nameLength = view.getUint16(offset + 28, true)
    names.push(nameAt(bytes, offset + DIRECTORY_ENTRY, nameLength))
    offset += DIRECTORY_ENTRY + nameLength + view.getUint16(offset + 30, true) + view.getUint16(offset + 32, true)
  }
  return names
}

function namesInHeaders(bytes: Uint8Array): string[] {
  const view = viewOf(bytes)
  const names: string[] = []
  let offset = nextHeader(bytes, 0)
  while (offset !== null && names.length < MOST_NAMES) {
    const nameLength = view.getUint16(offset + 26, true)
    names.push(nameAt(bytes, offset + LOCAL_HEADER, nameLength))
    const data = offset + LOCAL_HEADER + nameLength + view.getUint16(offset + 28, true)
    // A size of 0 may mean that it stands behind the data; the next header is then searched for.
    offset = nextHeader(bytes, data + view.getUint32(offset + 18, true))
  }
  return names
}

function nextHeader(bytes: Uint8Array, from: number): number | null {
  for (let offset = bytes.indexOf(0x50, from); offset !== -1; offset = bytes.indexOf(0x50, offset + 1)) {
    if (offset + LOCAL_HEADER > bytes.length) return null
    if (signature(bytes, offset, 3, 4)) return offset
  }
  return null
}

function signature(bytes: Uint8Array, offset: number, third: number, fourth: number): boolean {
  return (
    bytes[offset] === 0x50 && bytes[offset + 1] === 0x4b && bytes[offset + 2] === third && bytes[offset + 3] === fourth
  )
}

function nameAt(bytes: Uint8Array, offset: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(offset, offset + Math.min(length, 512)))
    .toLowerCase()
    .replaceAll('\\', '/')
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
