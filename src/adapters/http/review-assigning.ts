/**
 * /api/v1/review/SHA256/assignments: a grid of the document, or rows of it, is a table of the form.
 *
 * No figure is taken on trust: who calls says which grid, rows and columns are meant, and the cells are read here, from the document as this
 * version of gouji reads it. What the caller saw must be what stands there, as else somebody has decided about another grid.
 */
import { z } from 'zod'
import type { Document } from '../../document/model.js'
import { Assigning, Decided } from '../../review/api.js'
import { type LayingFault, readLaying } from '../../review/assigning.js'
import type { PageViews } from '../page-views.js'
import { decide } from '../store/decisions.js'
import type { Routes } from './app-type.js'
import { callerOf } from './authorise.js'
import { liveDocument } from './document-files.js'
import { viewOf } from './document-pages.js'
import { Problem } from './problem.js'
import { Sha256 } from './query.js'
import { decidedAnswer } from './review-answers.js'

const Which = z.object({ sha256: Sha256 })
/** All that a grid prints, as the caller saw it. */
const ASSIGNING_BYTES = 2 ** 21

const FAULTS: Readonly<Record<LayingFault, string>> = {
  no_such_grid: '文件中没有这张表。',
  no_such_table: '这一表式没有这张表。',
  no_such_place: '所指的行或列不在这张表或表式之中。',
  laid_twice: '一行或一列只能指定一次。',
  nothing_laid: '没有指定任何一格。',
}

export function reviewAssigningRoutes(views: Pick<PageViews, 'blocks'>): Routes {
  return (app, { db }) => {
    app.post(
      '/api/v1/review/:sha256/assignments',
      {
        config: { access: 'review' },
        bodyLimit: ASSIGNING_BYTES,
        schema: {
          summary: '指定文件中的一张表是表式的哪一张；各格由服务器读取。同一 key 重复发送只算一次',
          tags: ['复核'],
          params: Which,
          body: Assigning,
          response: { 200: Decided },
        },
      },
      async (request) => {
        const { sha256 } = request.params
        const { laying, printed, version, key } = request.body
        await liveDocument(db, sha256)
        const read = readLaying(await documentOf(views, sha256), laying)
        if (typeof read === 'string') throw new Problem(422, read, FAULTS[read])
        if (read.printed !== printed) {
          throw new Problem(422, 'grid_differs', '文件中的这张表与您所见不同，请刷新后重看。')
        }
        const decision = { kind: 'assign' as const, ...laying, printed, cells: [...read.cells] }
        return decidedAnswer(await decide(db, sha256, callerOf(request).actor, { decision, version, key }))
      },
    )
  }
}

async function documentOf(views: Pick<PageViews, 'blocks'>, sha256: string): Promise<Document> {
  const { body } = await viewOf(() => views.blocks(sha256))
  return JSON.parse(Buffer.from(body).toString())
}
