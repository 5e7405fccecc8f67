/**
 * Ways to spoil a file, each the same for the same seed: cut, flipped, doubled, spliced, swollen and nested.
 *
 * A package (DOCX) is spoilt both as bytes, which its zip mostly notices, and part by part, so that the spoilt XML gets through
 * to the reader.
 */
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import type { Seeded } from '../build/seeded.js'

export type Mutation = (bytes: Uint8Array, seeded: Seeded) => Uint8Array

const cut: Mutation = (bytes, seeded) => bytes.slice(0, seeded.integer(0, bytes.length))

const beheaded: Mutation = (bytes, seeded) => bytes.slice(seeded.integer(0, bytes.length))

const flipped: Mutation = (bytes, seeded) => {
  const copy = new Uint8Array(bytes)
  for (let i = seeded.integer(1, 40); i > 0; i--) copy[seeded.integer(0, copy.length - 1)] = seeded.integer(0, 255)
  return copy
}

const doubled: Mutation = (bytes, seeded) => {
  const from = seeded.integer(0, bytes.length)
  const to = seeded.integer(from, bytes.length)
  return concat(bytes.slice(0, to), bytes.slice(from))
}

const holed: Mutation = (bytes, seeded) => {
  const from = seeded.integer(0, bytes.length)
  return concat(bytes.slice(0, from), bytes.slice(Math.min(bytes.length, from + seeded.integer(1, 2000))))
}

const shuffled: Mutation = (bytes, seeded) => {
  const size = Math.max(1, Math.ceil(bytes.length / 8))
  const pieces = Array.from({ length: 8 }, (_, i) => bytes.slice(i * size, (i + 1) * size))
  return concat(...seeded.shuffle(pieces))
}

/** A number, a name or a bracket of the format put where it does not belong. */
const salted: Mutation = (bytes, seeded) => {
  const grains = [
    '<<',
    '>>',
    '[',
    '((',
    'endobj',
    '999999999',
    '-1',
    '<table>',
    '</td>',
    '<w:tbl>',
    'colspan="99999"',
    '\t\t\t',
    '|---|',
    '\u0000',
    '&#x110000;',
    '%',
  ]
  let salty = bytes
  for (let i = seeded.integer(1, 6); i > 0; i--) {
    const at = seeded.integer(0, salty.length)
    salty = concat(salty.slice(0, at), strToU8(seeded.pick(grains)), salty.slice(at))
  }
  return salty
}

/** One short stretch repeated until it is long. */
const swollen: Mutation = (bytes, seeded) => {
  const from = seeded.integer(0, Math.max(0, bytes.length - 1))
  const stretch = bytes.slice(from, from + seeded.integer(1, 300))
  return concat(bytes.slice(0, from), ...Array.from({ length: 400 }, () => stretch), bytes.slice(from))
}

/** One kind of bracket opened many times over. */
const nested: Mutation = (bytes, seeded) => {
  const opening = seeded.pick([
    '<div>',
    '<table><tr><td>',
    '<w:sdt><w:sdtContent>',
    '<w:tbl><w:tr><w:tc>',
    '[',
    '<<',
    '> ',
    '*',
    'q ',
  ])
  const at = seeded.integer(0, bytes.length)
  return concat(bytes.slice(0, at), strToU8(opening.repeat(seeded.integer(100, 5000))), bytes.slice(at))
}

export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  cut,
  beheaded,
  flipped,
  doubled,
  holed,
  shuffled,
  salted,
  swollen,
  nested,
}

/** A mutation of one part of a package, zipped up again as if nothing had happened. */
export function inPart(mutation: Mutation): Mutation {
  return (bytes, seeded) => {
    const parts = unzipSync(bytes)
    const name = seeded.pick(Object.keys(parts).filter((part) => part.endsWith('.xml')))
    const part = parts[name] ?? strToU8('')
    const spoilt = mutation(part, seeded)
    return zipSync(
      { ...parts, [name]: seeded.integer(0, 1) === 0 ? spoilt : strToU8(strFromU8(spoilt, true), true) },
      { level: 1 },
    )
  }
}

function concat(...pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.length
  }
  return all
}
