/**
 * `npm run demo`: the reports of samples/ through the whole service, on the embedded store: received, queued, read by workers, kept. Begins
 * anew each time; what it leaves is there to be looked at.
 */
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
const data = '.demo'
rmSync(data, { recursive: true, force: true })
const words = ['ingest', 'samples/reports', '--label', '示例', '--receipt', `${data}/receipt.json`]
const { status } = spawnSync(process.execPath, ['dist/cli.cjs', ...words], {
  env: { ...process.env, DATABASE_URL: '', REDIS_URL: '', ORIGINALS_URL: '', GOUJI_DATA: data },
  stdio: 'inherit',
})
process.exitCode = status ?? 1
process.stdout.write(`
接下来 (what next):
  GOUJI_DATA=${data} npx gouji serve                       在浏览器里打开它显示的网址，看存疑的报告如何对照原页复核
                                                         (opens the page: archive, review, organs; the API is explained at /api/v1/docs)
  GOUJI_DATA=${data} npx gouji export --out ${data}/facts.csv  导出全部指标
  GOUJI_DATA=${data} npx gouji fixity                      核对原件
  npx gouji extract samples/reports                      不入库，只读一遍
`)
