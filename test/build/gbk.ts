/** Characters → GBK bytes. The platform only decodes GBK, so the table is made by decoding every pair of bytes once. */
const pairs = new Map<string, readonly [number, number]>()
const decoder = new TextDecoder('gbk')
for (let lead = 0x81; lead <= 0xfe; lead++) {
  for (let trail = 0x40; trail <= 0xfe; trail++) {
    const character = decoder.decode(Uint8Array.from([lead, trail]))
    if (character.length === 1 && !pairs.has(character)) pairs.set(character, [lead, trail])
  }
}

export function gbk(text: string): Uint8Array {
  return Uint8Array.from(
    [...text].flatMap((character) => {
      const code = character.charCodeAt(0)
      if (code < 0x80) return [code]
      const pair = pairs.get(character)
      if (pair === undefined) throw new Error(`not in GBK: ${character}`)
      return [...pair]
    }),
  )
}
