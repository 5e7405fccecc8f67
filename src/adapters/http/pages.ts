/**
 * The page: what `vite build` made of web/, and one and the same document for each address that is a screen of it. Which screen, the page
 * sees itself; who may see what, the API says.
 *
 * The token of an invitation stands after the # of its address, where only the page sees it.
 */
import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { App, Routes } from './app-type.js'

/** Every screen; `web/src/screens.tsx` knows the rest. */
const SCREENS = [
  '/',
  '/join',
  '/archive/*',
  '/batches/*',
  '/receipts/*',
  '/review',
  '/review/*',
  '/organs',
  '/organs/*',
  '/overview',
  '/settings',
  '/admin/people',
  '/admin/keys',
]
const DOCUMENT = 'index.html'
/** Files whose names carry a hash of what is in them. */
const HASHED = 'assets'

/** `folder` holds what was built. Throws when nothing was. */
export async function readPage(folder: URL): Promise<Routes> {
  const root = fileURLToPath(folder)
  const [document, entries] = await Promise.all([
    readFile(new URL(DOCUMENT, folder), 'utf8'),
    readdir(folder, { withFileTypes: true }),
  ])
  return (app) => {
    for (const url of SCREENS) {
      app.route({
        method: 'GET',
        url,
        config: { access: 'public' },
        schema: { hide: true },
        handler: async (_request, reply) =>
          reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(document),
      })
    }
    app.register(async (scope) => {
      scope.addHook('onRoute', (route) => {
        route.config = { ...route.config, access: 'public' }
        route.schema = { ...route.schema, hide: true }
      })
      await addFiles(scope as unknown as App, root, entries)
    })
  }
}

async function addFiles(
  scope: App,
  root: string,
  entries: readonly { readonly name: string; isDirectory(): boolean }[],
): Promise<void> {
  await scope.register(fastifyStatic, { root, serve: false, cacheControl: false })
  for (const entry of entries) {
    if (entry.name === DOCUMENT) continue
    const isHashed = entry.name === HASHED
    const caching = isHashed ? 'public, max-age=31536000, immutable' : 'public, max-age=3600'
    scope.get(entry.isDirectory() ? `/${entry.name}/*` : `/${entry.name}`, async (request, reply) => {
      const path = decodeURI(request.url.split('?', 1)[0] ?? '')
      return reply.header('cache-control', caching).sendFile(path)
    })
  }
}
