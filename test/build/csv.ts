/** Comma-separated text by RFC 4180 → its rows, quotation marks taken off. Throws on what no CSV writer writes. */
export function readCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let at = 0
  while (at < text.length) {
    let cell = ''
    if (text[at] === '"') {
      at += 1
      for (;;) {
        const close = text.indexOf('"', at)
        if (close < 0) throw new Error('a quotation mark is not closed')
        cell += text.slice(at, close)
        at = close + 1
        if (text[at] !== '"') break
        cell += '"'
        at += 1
      }
    } else {
      const end = text.slice(at).search(/[,\r\n"]/)
      if (end < 0) throw new Error('the last line has no end')
      cell = text.slice(at, at + end)
      at += end
    }
    row.push(cell)
    if (text[at] === ',') at += 1
    else if (text.startsWith('\r\n', at)) {
      at += 2
      rows.push(row)
      row = []
    } else throw new Error(`neither comma nor line end after ${JSON.stringify(cell)}`)
  }
  return rows
}
