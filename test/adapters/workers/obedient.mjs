/**
 * A worker that does what the bytes say, and answers with a record that says nothing: `slow` takes its time, `deadly` kills the process
 * that started it.
 */
import { createHash } from 'node:crypto'

const SLOW_MILLISECONDS = 300

process.on('disconnect', () => process.exit())
process.on('message', ({ fileName, source }) => {
  const text = Buffer.from(source.bytes).toString()
  if (text.startsWith('deadly')) return process.kill(process.ppid, 'SIGKILL')
  const record = {
    schema: 'gouji/report@1',
    document: {
      sha256: createHash('sha256').update(source.bytes).digest('hex'),
      fileName,
      mediaType: 'text/plain',
      byteLength: source.bytes.byteLength,
      pageCount: null,
    },
    extractor: { version: '0.0.0' },
    status: 'failed',
    failure: { code: 'not_a_report', message: '不是年度报告。' },
    report: { title: null, organ: null, year: null, vintage: null, period: null },
    sections: [],
    tables: [],
    facts: [],
    checks: [],
    flags: [],
  }
  const answer = { kind: 'record', status: 'failed', line: Buffer.from(`${JSON.stringify(record)}\n`) }
  setTimeout(() => process.send(answer), text.startsWith('slow') ? SLOW_MILLISECONDS : 0)
})
