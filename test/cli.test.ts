/** The command as a person runs it: the bundle in dist/, which `npm test` builds first. */
import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { strToU8, zipSync } from 'fflate'
import { LIMITS } from '../src/document/limits.js'
import { ReportRecord } from '../src/record.js'
import { VERSION } from '../src/version.js'

const CLI = fileURLToPath(new URL('../dist/cli.cjs', import.meta.url))

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gouji-cli-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

interface Run {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

function start(words: readonly string[]): { child: ChildProcess; done: Promise<Run> } {
  const child = spawn(process.execPath, [CLI, ...words], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  let stdout = ''
  let stderr = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const done = new Promise<Run>((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })))
  return { child, done }
}

const gouji = (...words: string[]): Promise<Run> => start(words).done

function put(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, content)
  return path
}

function records(run: Run): ReportRecord[] {
  return run.stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => ReportRecord.parse(JSON.parse(line)))
}

const names = (run: Run): string[] => records(run).map((record) => record.document.fileName)

/** Read without trouble, and not a report: quick to make, and never anything but `failed`. */
const LETTER = '<html><body><p>关于召开会议的通知</p></body></html>'

describe('using the command wrongly', () => {
  test.each([
    [[], '缺少命令'],
    [['extrakt'], '不认识的命令 extrakt'],
    [['extract'], '缺少路径'],
    [['extract', 'nowhere.pdf'], '路径不存在：nowhere.pdf'],
    [['extract', '.', '--fromat', 'text'], '不认识的选项 --fromat'],
    [['extract', '.', '--format', 'xml'], '只能是 jsonl 或 text，不能是 xml'],
    [['extract', '.', '--format'], '选项 --format 后面缺少取值'],
    [['extract', '.', '--engine=mupdf'], '只能是 pdfium 或 pdfjs，不能是 mupdf'],
    [['extract', '.', '--second-reading', 'never'], '只能是 doubt 或 always，不能是 never'],
    [['extract', '.', '--jobs', '0'], '选项 --jobs 要 1 到 256 的整数，不能是 0'],
    [['read'], '命令 read 只读一个文件'],
    [['read', '.', '--out', 'x'], '命令 read 没有选项 --out'],
    [['read', 'a', 'b'], '命令 read 只读一个文件'],
  ])('%j ends with code 2 and says so', async (words, message) => {
    const run = await gouji(...words)
    expect(run).toMatchObject({ code: 2, stdout: '' })
    expect(run.stderr).toContain(message)
  })

  test('a missing path is found before anything is read', async () => {
    put('a.html', LETTER)
    expect(await gouji('extract', 'a.html', 'nowhere.pdf')).toMatchObject({ code: 2, stdout: '' })
  })

  test('an output folder that is a file ends with code 2', async () => {
    put('a.html', LETTER)
    put('taken', '')
    expect(await gouji('extract', 'a.html', '--out', 'taken')).toMatchObject({ code: 2, stdout: '' })
  })
})

describe('help and version', () => {
  test('help goes to standard output, Chinese first', async () => {
    const run = await gouji('--help')
    expect(run).toMatchObject({ code: 0, stderr: '' })
    expect(run.stdout.indexOf('用法')).toBeGreaterThan(0)
    expect(run.stdout.indexOf('Usage')).toBeGreaterThan(run.stdout.indexOf('用法'))
    expect(await gouji('extract', '-h')).toEqual(run)
  })

  test('the version is that of the package', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
    expect(VERSION).toBe(version)
    expect(await gouji('--version')).toMatchObject({ code: 0, stdout: `${version}\n` })
  })
})

describe('what is read', () => {
  test('one file that cannot be read gives a failed record and code 1', async () => {
    const bytes = Buffer.from([0, 1, 2, 3])
    put('in/strange.pdf', bytes)
    const run = await gouji('extract', 'in/strange.pdf')
    expect(run.code).toBe(1)
    expect(records(run)).toMatchObject([
      {
        status: 'failed',
        failure: { code: 'unsupported' },
        document: {
          fileName: 'strange.pdf',
          byteLength: 4,
          sha256: createHash('sha256').update(bytes).digest('hex'),
        },
      },
    ])
  })

  test('a folder is walked in the order of its names, each file named from the folder', async () => {
    for (const name of ['in/b.html', 'in/a/2.html', 'in/a/10.html', 'in/c.html']) put(name, LETTER)
    expect(names(await gouji('extract', 'in'))).toEqual(['a/10.html', 'a/2.html', 'b.html', 'c.html'])
  })

  test('hidden files, owner files of Word and loops of links are left out', async () => {
    for (const name of ['in/.hidden', 'in/.git/x.html', 'in/~$report.docx', 'in/real.html']) put(name, LETTER)
    symlinkSync('..', join(folder, 'in/loop'))
    symlinkSync('nowhere', join(folder, 'in/broken'))
    expect(names(await gouji('extract', 'in'))).toEqual(['real.html'])
  })

  test('the members of an archive are inputs of their own, in their place among the paths', async () => {
    put('a.html', LETTER)
    put('z.html', LETTER)
    put('m.zip', zipSync({ '乙.html': strToU8(LETTER), 'sub/甲.html': strToU8(LETTER) }))
    const found = names(await gouji('extract', 'a.html', 'm.zip', 'z.html'))
    expect([found[0], found[3]]).toEqual(['a.html', 'z.html'])
    expect(found.slice(1, 3).sort()).toEqual(['m.zip/sub/甲.html', 'm.zip/乙.html'].sort())
  })

  test('an archive is told by its bytes, and one without members fails', async () => {
    put('plain.pdf', zipSync({}))
    const run = await gouji('extract', 'plain.pdf')
    expect(records(run)).toMatchObject([{ status: 'failed', failure: { code: 'empty' } }])
  })

  test('a file over the limit is not read, and still told by its hash and size', async () => {
    const size = LIMITS.fileBytes + 1
    const path = put('huge.pdf', '%PDF-1.7')
    truncateSync(path, size)
    const hash = createHash('sha256').update('%PDF-1.7')
    const zeros = new Uint8Array(2 ** 20)
    for (let left = size - 8; left > 0; left -= zeros.length)
      hash.update(zeros.subarray(0, Math.min(left, zeros.length)))
    const run = await gouji('extract', 'huge.pdf')
    expect(records(run)).toMatchObject([
      {
        failure: { code: 'too_large' },
        document: { mediaType: 'application/pdf', byteLength: size, sha256: hash.digest('hex') },
      },
    ])
  })

  test('a folder without files gives no record and code 0, and says so', async () => {
    mkdirSync(join(folder, 'in'))
    const run = await gouji('extract', 'in')
    expect(run).toMatchObject({ code: 0, stdout: '' })
    expect(run.stderr).toContain('没有找到文件')
  })

  test('records are the same for any number of workers, and for one file alone', async () => {
    for (let number = 0; number < 12; number += 1) put(`in/${number}.html`, LETTER + number)
    const [one, three, alone] = await Promise.all([
      gouji('extract', 'in', '--jobs', '1'),
      gouji('extract', 'in', '--jobs', '3'),
      gouji('extract', 'in/0.html'),
    ])
    expect(three).toEqual(one)
    expect(one.stdout.startsWith(alone.stdout)).toBe(true)
    expect(one.stderr).toBe('')
  })
})

describe('how it is given', () => {
  test('text has a header, a line a file and a count', async () => {
    put('in/1.html', LETTER)
    put('in/2.html', LETTER)
    const lines = (await gouji('extract', 'in', '--format', 'text')).stdout.split('\n')
    expect(lines[0]).toMatch(/^状态/)
    expect(lines.filter((line) => /^失败 .* [12]\.html$/.test(line))).toHaveLength(2)
    expect(lines.at(-2)).toBe('共 2 份：通过 0，需复核 0，失败 2。')
  })

  test('a folder of records has one file an input, whatever their names, and nothing on standard output', async () => {
    for (const name of ['in/年报.html', 'in/年报.htm', 'in/2023/年报.html', 'in/a:b*.html']) put(name, LETTER)
    const run = await gouji('extract', 'in', 'in/年报.html', '--out', 'new/out')
    expect(run).toMatchObject({ code: 1, stdout: '', stderr: '' })
    expect(readdirSync(join(folder, 'new/out')).sort()).toEqual(
      ['2023_年报.json', 'a_b_.json', '年报.html.json', '年报.json', '年报.html-2.json'].sort(),
    )
    const stored = readFileSync(join(folder, 'new/out/2023_年报.json'), 'utf8')
    expect(ReportRecord.parse(JSON.parse(stored)).document.fileName).toBe('2023/年报.html')
  })

  test('names from an archive never lead out of the folder', async () => {
    put('m.zip', zipSync({ '../../evil.html': strToU8(LETTER), '/abs.html': strToU8(LETTER) }))
    await gouji('extract', 'm.zip', '--out', 'out')
    expect(existsSync(join(folder, '..', 'evil.json'))).toBe(false)
    expect(readdirSync(folder).sort()).toEqual(['m.zip', 'out'])
    for (const name of readdirSync(join(folder, 'out'))) expect(name).toMatch(/^m\.zip.*\.json$/)
  })

  test('read refuses what is no single file, and says why a file cannot be read', async () => {
    put('strange.pdf', Buffer.from([0, 1, 2, 3]))
    put('m.zip', zipSync({ 'a.html': strToU8(LETTER) }))
    expect(await gouji('read', 'm.zip')).toMatchObject({ code: 2, stdout: '' })
    expect(await gouji('read', folder)).toMatchObject({ code: 2, stdout: '' })
    const run = await gouji('read', 'strange.pdf')
    expect(run).toMatchObject({ code: 1, stdout: '' })
    expect(run.stderr).toMatch(/^unsupported {2}/)
  })
})

describe('ending early', () => {
  const MANY = 3_000

  async function begun(...words: string[]): Promise<ReturnType<typeof start>> {
    for (let number = 0; number < MANY; number += 1) put(`in/${number}.html`, LETTER + number)
    const run = start(['extract', 'in', '--jobs', '2', ...words])
    await new Promise<void>((resolve) => {
      if (words.includes('--out')) {
        const look = setInterval(() => {
          if (!existsSync(join(folder, 'out')) || readdirSync(join(folder, 'out')).length === 0) return
          clearInterval(look)
          resolve()
        }, 5)
      } else run.child.stdout?.once('data', () => resolve())
    })
    return run
  }

  function childrenOf(pid: number | undefined): number[] {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    return text.split(' ').filter(Boolean).map(Number)
  }

  const onLinux = process.platform === 'linux' ? test : test.skip

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s ends with code %d and leaves no half-written file', async (signal, code) => {
    const { child, done } = await begun('--out', 'out')
    child.kill(signal)
    expect(await done).toMatchObject({ code, stderr: '' })
    const stored = readdirSync(join(folder, 'out'))
    expect(stored.length).toBeLessThan(MANY)
    for (const name of stored) {
      expect(name).toMatch(/^\d+\.json$/)
      ReportRecord.parse(JSON.parse(readFileSync(join(folder, 'out', name), 'utf8')))
    }
  })

  onLinux.each(['SIGINT', 'SIGKILL'] as const)('no worker outlives a %s', async (signal) => {
    const { child, done } = await begun()
    const workers = childrenOf(child.pid)
    expect(workers.length).toBeGreaterThan(0)
    child.kill(signal)
    await done
    await expect(allGone(workers)).resolves.toBe(true)
  })

  test('a reader that has seen enough is no mistake', async () => {
    const { child, done } = await begun()
    child.stdout?.destroy()
    expect(await done).toMatchObject({ code: 0, stderr: '' })
  })
})

async function allGone(pids: readonly number[]): Promise<boolean> {
  for (let look = 0; look < 100; look += 1) {
    if (!pids.some(isAlive)) return true
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return false
}

/** A process that has ended and that nobody has waited for yet is not alive. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}
