/**
 * Originals in a bucket of an S3-compatible store, each as PREFIX/ab/cd/abcd…, its sha256.
 *
 * An object is put in one request, which such a store makes whole or not at all, with the checksum that it may verify; after that it
 * is asked for what it has. That allows 5 GB each. An object of another size that lacks the mark which its upload ends with is what some
 * stores keep of a request that broke off: it is put again. The checksums that the SDK would add by itself are left out: they change
 * how a stream is sent, and stores that are not Amazon's have been seen to keep the framing as content.
 */
import { createReadStream } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { pipeline, Readable } from 'node:stream'
import type { S3Client } from '@aws-sdk/client-s3'
import type { Originals, StoredObject } from '../service.js'
import { placeOf, sha256At } from './content-address.js'
import { OriginalMissing } from './errors.js'
import { verified, verifying, wrongSize } from './verify.js'

export interface BucketAddress {
  readonly bucket: string
  /** Without a slash at its ends; may be empty. */
  readonly prefix: string
  /** null: Amazon's. */
  readonly endpoint: string | null
}

/** The SDK sends a stream once only, as it cannot begin it anew. */
const PUT_TRIES = 3
const CONNECT_MILLISECONDS = 5_000
/** Without a byte in either direction. */
const IDLE_MILLISECONDS = 60_000
const PROBE = 'check'

export class BucketOriginals implements Originals {
  private opened: Promise<Opened> | null = null
  private isProved = false

  constructor(private readonly address: BucketAddress) {}

  async keep(sha256: string, stagedPath: string): Promise<void> {
    const { size } = await stat(stagedPath)
    const before = await this.look(sha256)
    if (before?.byteLength !== size) {
      if (before?.isMarked) throw wrongSize(sha256, size, before.byteLength)
      await this.putFile(sha256, stagedPath, size)
      const after = await this.look(sha256)
      if (after?.byteLength !== size) throw wrongSize(sha256, size, after?.byteLength ?? 0)
    }
    await rm(stagedPath, { force: true })
  }

  async has(sha256: string): Promise<boolean> {
    return (await this.look(sha256)) !== null
  }

  async read(sha256: string): Promise<Buffer> {
    const chunks: Uint8Array[] = []
    for await (const chunk of await this.get(sha256)) chunks.push(chunk)
    return verified(sha256, Buffer.concat(chunks))
  }

  async stream(sha256: string): Promise<Readable> {
    // Whoever reads the stream is told of trouble by the stream itself.
    return pipeline(await this.get(sha256), verifying(sha256), () => undefined)
  }

  async *list(): AsyncGenerator<StoredObject, void, undefined> {
    const { client, sdk } = await this.open()
    const start = this.keyOf('')
    const pages = sdk.paginateListObjectsV2({ client }, { Bucket: this.address.bucket, Prefix: start })
    for await (const { Contents = [] } of pages) {
      for (const { Key = '', Size = 0 } of Contents) {
        const name = Key.slice(start.length)
        if (name !== PROBE) yield { name: Key, sha256: sha256At(name), byteLength: Size }
      }
    }
  }

  /** Once that something can be put; later that the bucket answers, as every look would leave a version in a bucket that keeps them. */
  async check(): Promise<void> {
    const { client, sdk } = await this.open()
    const Bucket = this.address.bucket
    if (this.isProved) await client.send(new sdk.HeadBucketCommand({ Bucket }))
    else await client.send(new sdk.PutObjectCommand({ Bucket, Key: this.keyOf(PROBE), Body: PROBE }))
    this.isProved = true
  }

  private async look(sha256: string): Promise<Kept | null> {
    const { client, sdk } = await this.open()
    try {
      const head = await client.send(new sdk.HeadObjectCommand(this.objectOf(sha256)))
      return { byteLength: head.ContentLength ?? 0, isMarked: head.Metadata?.sha256 === sha256 }
    } catch (error) {
      if (isAbsent(error)) return null
      throw error
    }
  }

  private async get(sha256: string): Promise<Readable> {
    const { client, sdk } = await this.open()
    try {
      const { Body } = await client.send(new sdk.GetObjectCommand(this.objectOf(sha256)))
      if (!(Body instanceof Readable)) throw new Error('the bucket answered without a body')
      return Body
    } catch (error) {
      throw isAbsent(error) ? new OriginalMissing(sha256) : error
    }
  }

  private async putFile(sha256: string, path: string, size: number): Promise<void> {
    const { client, sdk } = await this.open()
    for (let attempt = 1; ; attempt += 1) {
      const Body = createReadStream(path)
      try {
        await client.send(
          new sdk.PutObjectCommand({
            ...this.objectOf(sha256),
            Body,
            ContentLength: size,
            ContentType: 'application/octet-stream',
            ChecksumSHA256: Buffer.from(sha256, 'hex').toString('base64'),
            Metadata: { sha256 },
          }),
        )
        return
      } catch (error) {
        if (attempt === PUT_TRIES || isRefusal(error)) throw error
      } finally {
        Body.destroy()
      }
    }
  }

  private objectOf(sha256: string) {
    return { Bucket: this.address.bucket, Key: this.keyOf(placeOf(sha256)) }
  }

  private keyOf(name: string): string {
    return this.address.prefix === '' ? name : `${this.address.prefix}/${name}`
  }

  private open(): Promise<Opened> {
    this.opened ??= openClient(this.address.endpoint)
    return this.opened
  }
}

interface Kept {
  readonly byteLength: number
  /** Its upload came to its end. */
  readonly isMarked: boolean
}

interface Opened {
  readonly sdk: typeof import('@aws-sdk/client-s3')
  readonly client: S3Client
}

/** Loaded when it is first needed: most installations have a folder. Credentials and region come from the environment, as AWS names them. */
async function openClient(endpoint: string | null): Promise<Opened> {
  const sdk = await import('@aws-sdk/client-s3')
  const client = new sdk.S3Client({
    ...(endpoint === null ? {} : { endpoint, forcePathStyle: true }),
    region: process.env.AWS_REGION ?? 'us-east-1',
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: CONNECT_MILLISECONDS, socketTimeout: IDLE_MILLISECONDS },
  })
  return { sdk, client }
}

function isAbsent(error: unknown): boolean {
  return ['NotFound', 'NoSuchKey'].includes((error as { name?: string }).name ?? '')
}

/** The request itself is wrong, and would be again. */
function isRefusal(error: unknown): boolean {
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode ?? 0
  return status >= 400 && status < 500
}
