/** The settings → the place where originals lie. Opens nothing yet: `check` tells whether it can be used. */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Originals } from '../service.js'
import type { Settings } from '../settings.js'
import { BucketOriginals } from './bucket.js'
import { FolderOriginals } from './folder.js'

export function openOriginals({
  originalsUrl,
  dataFolder,
  s3Endpoint,
}: Pick<Settings, 'originalsUrl' | 'dataFolder' | 's3Endpoint'>): Originals {
  if (originalsUrl === null) return new FolderOriginals(join(dataFolder, 'originals'))
  const url = new URL(originalsUrl)
  if (url.protocol === 'file:') return new FolderOriginals(fileURLToPath(url))
  const prefix = decodeURIComponent(url.pathname).replace(/^\/+|\/+$/g, '')
  return new BucketOriginals({ bucket: url.hostname, prefix, endpoint: s3Endpoint })
}
