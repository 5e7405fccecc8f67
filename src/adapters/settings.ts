/**
 * The environment → the settings of the service, or one message that names every variable that is wrong, and how.
 *
 * .env.example says what each is for.
 */
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { z } from 'zod'

const url = (...protocols: string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    message: `应为 ${protocols.map((protocol) => `${protocol}//`).join(' 或 ')} 开头的地址`,
  })
const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/, '应为整数')
    .transform(Number)
    .pipe(z.number().min(least, `不小于 ${least}`).max(most, `不大于 ${most}`))

const Environment = z.object({
  DATABASE_URL: url('postgres:', 'postgresql:').optional(),
  REDIS_URL: url('redis:', 'rediss:').optional(),
  ORIGINALS_URL: url('file:', 's3:').optional(),
  S3_ENDPOINT: url('http:', 'https:').optional(),
  GOUJI_DATA: z.string().min(1).optional(),
  GOUJI_HOST: z.string().min(1).default('127.0.0.1'),
  GOUJI_PORT: whole(0, 65_535).default(4180),
  GOUJI_PUBLIC_URL: url('http:', 'https:').optional(),
  GOUJI_JOBS: whole(1, 256).optional(),
  GOUJI_UPLOAD_BYTES: whole(1, 2 ** 40).default(2 * 2 ** 30),
  GOUJI_CJK_FONT: z.string().min(1).optional(),
  GOUJI_LOG: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
})

/** Their names, as .env.example has them. */
export const VARIABLES: readonly string[] = Object.keys(Environment.shape)

export interface Settings {
  /** null: the embedded database in the data folder. */
  readonly databaseUrl: string | null
  /** null: the queue lives in the store's database. */
  readonly redisUrl: string | null
  /** s3://BUCKET/PREFIX or file:///FOLDER; null: a folder in the data folder. */
  readonly originalsUrl: string | null
  /** Of a store that is S3-compatible and not Amazon's. Credentials come as AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. */
  readonly s3Endpoint: string | null
  readonly dataFolder: string
  readonly host: string
  readonly port: number
  /** As users reach it, where that differs: behind a proxy. Cookies are marked secure when it is https. */
  readonly publicUrl: string | null
  /** Documents read at once. */
  readonly jobs: number
  /** The largest upload, which may be an archive. */
  readonly uploadBytes: number
  /** The font file for pictures of pages whose Chinese fonts are not embedded; null: one that is found on the machine. */
  readonly chineseFont: string | null
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug'
}

export type SettingsResult =
  | { readonly ok: true; readonly value: Settings }
  | { readonly ok: false; readonly message: string }

export function readSettings(environment: Readonly<Record<string, string | undefined>>): SettingsResult {
  // A variable that is set to nothing is not set: compose files and shells do that.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = Environment.safeParse(given)
  if (!parsed.success) {
    const lines = parsed.error.issues.map(({ path, message }) => `  ${path.join('.')}：${message}`)
    return { ok: false, message: `环境变量有误 (invalid environment):\n${lines.join('\n')}` }
  }
  const read = parsed.data
  if (read.REDIS_URL !== undefined && read.DATABASE_URL === undefined) {
    return { ok: false, message: '设置了 REDIS_URL 时也须设置 DATABASE_URL (REDIS_URL needs DATABASE_URL)。' }
  }
  return {
    ok: true,
    value: {
      databaseUrl: read.DATABASE_URL ?? null,
      redisUrl: read.REDIS_URL ?? null,
      originalsUrl: read.ORIGINALS_URL ?? null,
      s3Endpoint: read.S3_ENDPOINT ?? null,
      dataFolder: resolve(read.GOUJI_DATA ?? join('.', 'gouji-data')),
      host: read.GOUJI_HOST,
      port: read.GOUJI_PORT,
      publicUrl: read.GOUJI_PUBLIC_URL ?? null,
      jobs: read.GOUJI_JOBS ?? availableParallelism(),
      uploadBytes: read.GOUJI_UPLOAD_BYTES,
      chineseFont: read.GOUJI_CJK_FONT ?? null,
      logLevel: read.GOUJI_LOG,
    },
  }
}
