import { describe, expect, test } from '@jest/globals'
import { zipSync } from 'fflate'
import { readDocxWithMammoth } from '../../../src/document/docx/mammoth.js'
import { readDocx } from '../../../src/document/docx/read-docx.js'
import { LIMITS } from '../../../src/document/limits.js'
import type { FailureCode } from '../../../src/document/model.js'
import { docx, docxParts, p, packageOf, part, tbl, tc, tr, withDeclaredSize } from '../../build/docx.js'
import { documentOf, plain } from '../../build/docx-reading.js'

const MAIN = 'word/document.xml'

/** What each of the two readers says of a file: the code of its failure, or ok. */
async function verdicts(bytes: Uint8Array): Promise<(FailureCode | 'ok')[]> {
  const results = [await readDocx(bytes), await readDocxWithMammoth(bytes)]
  return results.map((result) => (result.ok ? 'ok' : result.failure.code))
}
async function verdict(bytes: Uint8Array): Promise<FailureCode | 'ok'> {
  const result = await readDocx(bytes)
  return result.ok ? 'ok' : result.failure.code
}
const both = (code: FailureCode): FailureCode[] => [code, code]

/** A package whose main part is stored as it is, so that a large one does not look like a bomb. */
const stored = (main: string): Uint8Array => zipSync({ [MAIN]: Buffer.from(main) }, { level: 0 })

describe('a damaged file', () => {
  test('is corrupt when it is no zip, or cut off', async () => {
    const file = docx(p('甲'))
    for (const bytes of [new Uint8Array(0), Buffer.from('PK\x03\x04 and no more'), file.subarray(0, file.length / 2)]) {
      expect(await verdicts(bytes)).toEqual(both('corrupt'))
    }
  })

  test('is corrupt when its mark-up is cut off or not well-formed', async () => {
    const whole = docxParts(p('甲'))[MAIN] ?? ''
    for (const main of [whole.slice(0, -20), whole.replace('</w:p>', ''), '', 'text', `${whole}<more/>`]) {
      expect(await verdicts(packageOf({ [MAIN]: main }))).toEqual(both('corrupt'))
    }
  })

  test('is corrupt when it declares a document type, so that entities cannot multiply', async () => {
    const bomb = `<!DOCTYPE w:document [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>${docxParts(p('&b;'))[MAIN]?.slice(38)}`
    expect(await verdicts(packageOf({ [MAIN]: bomb }))).toEqual(both('corrupt'))
    expect(await verdicts(docx(p('&nbsp;')))).toEqual(both('corrupt'))
  })

  test('is corrupt when a single bit of its text has flipped', async () => {
    const main = docxParts(p('12345'))[MAIN] ?? ''
    const bytes = Buffer.from(stored(main))
    const at = bytes.indexOf('12345')
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at)
    expect(await verdicts(bytes)).toEqual(both('corrupt'))
  })

  test('is corrupt when its text is not in the encoding it claims', async () => {
    const main = Buffer.from(docxParts(p('甲乙'))[MAIN] ?? '')
    const latin = Buffer.concat([
      main.subarray(0, main.indexOf('甲')),
      Buffer.from([0xb0, 0xa1]),
      main.subarray(main.indexOf('乙')),
    ])
    expect(await verdicts(packageOf({ [MAIN]: latin }))).toEqual(both('corrupt'))
    const unknown = docxParts(p('甲'))[MAIN]?.replace('UTF-8', 'no-such-set') ?? ''
    expect(await verdicts(packageOf({ [MAIN]: unknown }))).toEqual(both('corrupt'))
  })

  test('is corrupt without a text, or with something else in its place', async () => {
    expect(await verdicts(packageOf({ 'xl/workbook.xml': '<workbook/>' }))).toEqual(both('corrupt'))
    expect(await verdicts(packageOf({ [MAIN]: part('w:styles', '') }))).toEqual(both('corrupt'))
  })

  test('is corrupt when two parts bear one name', async () => {
    const main = docxParts(p('甲'))[MAIN] ?? ''
    expect(await verdicts(packageOf({ [MAIN]: main, 'WORD/document.xml': main }))).toEqual(both('corrupt'))
  })

  test('is encrypted when a part is', async () => {
    const bytes = Buffer.from(docx(p('甲')))
    for (let at = 0; at + 10 < bytes.length; at += 1) {
      if (bytes.readUInt32LE(at) === 0x02014b50) bytes.writeUInt16LE(bytes.readUInt16LE(at + 8) | 1, at + 8)
    }
    expect(await verdicts(bytes)).toEqual(both('encrypted'))
  })

  test('is read all the same when bytes were added behind it', async () => {
    const padded = Buffer.concat([docx(p('甲')), Buffer.alloc(1000)])
    expect(plain(await documentOf(padded))).toEqual(['甲'])
  })
})

describe('a file made to exhaust', () => {
  test('is too large when a part inflates beyond all proportion', async () => {
    const blank = part('w:document', `<w:body>${' '.repeat(LIMITS.inflationFloor)}</w:body>`)
    expect(await verdicts(packageOf({ [MAIN]: blank }))).toEqual(both('too_large'))
  })

  test('is too large when it says that it is', async () => {
    const declared = withDeclaredSize(docx(p('甲')), MAIN, LIMITS.inflatedBytes + 1)
    expect(await verdicts(declared)).toEqual(both('too_large'))
  })

  test('is corrupt when its directory tells a smaller or larger size than there is', async () => {
    const file = docx(p('甲'.repeat(10_000)))
    expect(await verdicts(withDeclaredSize(file, MAIN, 1000))).toEqual(both('corrupt'))
    expect(await verdicts(withDeclaredSize(file, MAIN, 0))).toEqual(both('corrupt'))
    expect(await verdicts(withDeclaredSize(file, MAIN, 100_000))).toEqual(both('corrupt'))
  })

  test('is too large when its mark-up is nested too deep', async () => {
    const depth = LIMITS.markupDepth + 1
    const nested = `${'<w:sdt><w:sdtContent>'.repeat(depth)}${p('甲')}${'</w:sdtContent></w:sdt>'.repeat(depth)}`
    expect(await verdicts(docx(nested))).toEqual(both('too_large'))
    const passedOver = `${'<w:x>'.repeat(depth)}${'</w:x>'.repeat(depth)}`
    expect(await verdicts(docx(passedOver))).toEqual(both('too_large'))
  })

  test('is too large when its tables are nested too deep', async () => {
    const nested = `${'<w:tbl><w:tr><w:tc>'.repeat(30)}${p('甲')}${'</w:tc></w:tr></w:tbl>'.repeat(30)}`
    expect(await verdicts(docx(nested))).toEqual(both('too_large'))
  })

  test('is too large when its tables tell one text again and again', async () => {
    const text = p('甲'.repeat(1_000_000)).repeat(4)
    const nested = `${`<w:tbl><w:tr>${tc('乙')}<w:tc>`.repeat(18)}${text}${'</w:tc></w:tr></w:tbl>'.repeat(18)}`
    expect(await verdict(stored(part('w:document', `<w:body>${nested}</w:body>`)))).toBe('too_large')
  })

  test('is too large when it has too many cells, written or implied', async () => {
    const written = `<w:tbl><w:tr>${'<w:tc/>'.repeat(LIMITS.cells + 1)}</w:tr></w:tbl>`
    expect(await verdict(docx(written))).toBe('too_large')
    const implied = tbl(
      [],
      tr(...new Array<string>(63).fill('<w:tc/>')),
      `<w:tr><w:tc/></w:tr>`.repeat(LIMITS.cells / 50),
    )
    expect(await verdict(docx(implied))).toBe('too_large')
  })

  test('is too large when it has too much text', async () => {
    const paragraphs = p('a'.repeat(1_000_000)).repeat(LIMITS.textCharacters / 1_000_000 + 1)
    expect(await verdicts(stored(part('w:document', `<w:body>${paragraphs}</w:body>`)))).toEqual(both('too_large'))
  })

  test('takes no time with namespaces, styles and sizes that go on and on', async () => {
    const scopes = Array.from({ length: 20_000 }, (_, index) => `<w:r xmlns:n${index}="urn:${index}"/>`).join('')
    const sizes = Array.from(
      { length: 20_000 },
      (_, index) => `<w:r><w:rPr><w:sz w:val="${index}"/></w:rPr><w:t>甲</w:t></w:r>`,
    )
    const chain = Array.from(
      { length: 5_000 },
      (_, index) => `<w:style w:type="paragraph" w:styleId="s${index}"><w:basedOn w:val="s${index + 1}"/></w:style>`,
    ).join('')
    const styled = Array.from({ length: 5_000 }, (_, index) => p('乙', `<w:pStyle w:val="s${index}"/>`)).join('')
    const document = await documentOf(docx(`<w:p>${scopes}${sizes.join('')}</w:p>${styled}`, { styles: chain }))
    expect(document.blocks).toHaveLength(5_001)
  })
})
