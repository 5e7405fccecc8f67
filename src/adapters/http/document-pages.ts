/**
 * /api/v1/documents/SHA256/pages/…: a page as a picture, and its text with boxes; …/blocks: what a file without pages holds. For people who
 * hold a record against what was printed.
 *
 * A document never changes, so a browser keeps what it was given; a picture that lacks a font is asked for again, as one may be installed.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { LIMITS } from '../../document/limits.js'
import { Box } from '../../record.js'
import { VERSION } from '../../version.js'
import type { PageView, PageViews, Viewed } from '../page-views.js'
import type { Refusal } from '../pictures.js'
import type { Routes } from './app-type.js'
import { damaged, isAboutOriginal, liveDocument } from './document-files.js'
import { Problem } from './problem.js'
import { Bytes, isKnownToCaller, Sha256 } from './query.js'

const Page = z.object({
  sha256: Sha256,
  page: z.coerce.number().int().min(1).max(100_000).meta({ description: '从 1 起' }),
})
const Dpi = z.object({
  dpi: z.coerce.number().int().min(LIMITS.pictureDpi.least).max(LIMITS.pictureDpi.most).default(144),
})

const PageTextAnswer = z.object({
  width: z.number().meta({ description: '页宽，以点计' }),
  height: z.number(),
  runs: z.array(z.object({ text: z.string(), box: Box })).meta({ description: '逐行；与记录中的 box 同一坐标' }),
})

const Structure = z.object({ sha256: Sha256 })

const FOR_GOOD = 'private, max-age=31536000, immutable'
/** Another version of gouji may read the blocks otherwise. */
const WHILE_SAME = 'private, no-cache'
const FOR_NOW = 'private, max-age=60'
/** Seconds. */
const SOON = 5

export function documentPageRoutes(views: PageViews): Routes {
  return (app, { db }) => {
    app.get(
      '/api/v1/documents/:sha256/pages/:page(^\\d+).png',
      {
        config: { access: 'read' },
        schema: {
          summary: '一页的图像',
          produces: ['image/png'],
          description: '响应头 gouji-missing-fonts: true 表示部分文字缺少字体，未能显示。',
          tags: ['文件'],
          params: Page,
          querystring: Dpi,
          response: { 200: Bytes },
        },
      },
      async (request, reply) => {
        const { sha256, page } = request.params
        const { dpi } = request.query
        await liveDocument(db, sha256)
        return answer(request, reply, etagOf(sha256, `${page}-${dpi}`), 'image/png', () =>
          views.picture(sha256, page, dpi),
        )
      },
    )

    app.get(
      '/api/v1/documents/:sha256/pages/:page(^\\d+)/text',
      {
        config: { access: 'read' },
        schema: {
          summary: '一页的文字及其位置',
          tags: ['文件'],
          params: Page,
          response: { 200: PageTextAnswer },
        },
      },
      async (request, reply) => {
        const { sha256, page } = request.params
        await liveDocument(db, sha256)
        const type = 'application/json; charset=utf-8'
        return answer(request, reply, etagOf(sha256, `${page}-text`), type, () => views.text(sha256, page))
      },
    )

    app.get(
      '/api/v1/documents/:sha256/blocks',
      {
        config: { access: 'read' },
        schema: {
          summary: '段落与表格，未作解释：供没有页面图像的文件（DOCX、HTML、文本）对照',
          produces: ['application/json'],
          tags: ['文件'],
          params: Structure,
          response: { 200: Bytes },
        },
      },
      async (request, reply) => {
        const { sha256 } = request.params
        await liveDocument(db, sha256)
        const type = 'application/json; charset=utf-8'
        return answer(request, reply, etagOf(sha256, 'blocks'), type, () => views.blocks(sha256), WHILE_SAME)
      },
    )
  }
}

async function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  etag: string,
  type: string,
  make: () => Promise<Viewed>,
  keep: string = FOR_GOOD,
): Promise<FastifyReply> {
  if (isKnownToCaller(request, reply, etag)) return reply.header('cache-control', keep).send('')
  const { body, missingFonts } = await viewOf(make)
  if (missingFonts) reply.header('cache-control', FOR_NOW).header('gouji-missing-fonts', 'true')
  else reply.header('cache-control', keep).header('etag', etag)
  return reply.header('content-type', type).send(body)
}

function etagOf(sha256: string, view: string): string {
  return `"${sha256}-${view}-${VERSION}"`
}

export async function viewOf(make: () => Promise<Viewed>): Promise<PageView> {
  const viewed = await make().catch((error: unknown) => {
    throw isAboutOriginal(error) ? damaged() : error
  })
  switch (viewed.kind) {
    case 'made':
      return viewed.view
    case 'refused':
      throw refused(viewed.refusal)
    case 'busy':
      throw new Problem(503, 'too_many_pages', `正在等待显示的页面太多，请在 ${SOON} 秒后再试。`, { retryAfter: SOON })
  }
}

function refused({ code, message }: Refusal): Problem {
  return new Problem(code === 'page_not_found' ? 404 : 422, code, message)
}
