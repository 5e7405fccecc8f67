/** Places for originals, of each make and empty, and files for them. */
import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { openOriginals } from '../../src/adapters/originals/open.js'
import type { Originals } from '../../src/adapters/service.js'
import { BUCKET, bucketEndpoint } from './services.js'

export type Make = 'folder' | 'bucket'

export interface OriginalsPlace {
  readonly originals: Originals
  /** The settings that open it. */
  readonly settings: Parameters<typeof openOriginals>[0]
  /** For files outside the originals. */
  readonly folder: string
  /** A finished file, as staging leaves it. */
  stagedFile(content: string | Uint8Array): { readonly path: string; readonly sha256: string }
  /** Writes under a name past the originals, as an accident or a bad disk would. `mark`: the sha256 that a bucket has beside it. */
  overwrite(name: string, content: string, mark?: string): Promise<void>
  remove(): void
}

export function originalsPlace(make: Make): OriginalsPlace {
  const folder = mkdtempSync(join(tmpdir(), 'gouji-originals-'))
  const prefix = `test/${randomUUID()}`
  const settings = {
    originalsUrl: make === 'folder' ? pathToFileURL(join(folder, 'kept')).href : `s3://${BUCKET}/${prefix}`,
    dataFolder: folder,
    s3Endpoint: make === 'folder' ? null : bucketEndpoint(),
  }
  // Only a make that is asked for it needs them.
  process.env.AWS_ACCESS_KEY_ID = 'S3RVER'
  process.env.AWS_SECRET_ACCESS_KEY = 'S3RVER'
  return {
    originals: openOriginals(settings),
    settings,
    folder,
    stagedFile: (content) => {
      const path = join(folder, randomUUID())
      writeFileSync(path, content)
      return { path, sha256: sha256Of(content) }
    },
    overwrite: async (name, content, mark) => {
      if (make === 'folder') {
        const path = join(folder, 'kept', name)
        mkdirSync(join(path, '..'), { recursive: true })
        writeFileSync(path, content)
        return
      }
      const client = bucketClient()
      const Metadata = mark === undefined ? {} : { sha256: mark }
      await client.send(new PutObjectCommand({ Bucket: BUCKET, Key: `${prefix}/${name}`, Body: content, Metadata }))
      client.destroy()
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

export function sha256Of(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

function bucketClient(): S3Client {
  return new S3Client({
    endpoint: bucketEndpoint(),
    forcePathStyle: true,
    region: 'us-east-1',
    requestChecksumCalculation: 'WHEN_REQUIRED',
  })
}
