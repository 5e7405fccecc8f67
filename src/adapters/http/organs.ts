/**
 * /api/v1/organs: who reports, under which names, and their years side by side.
 *
 * Organs make themselves known by their reports. What a name does not tell is told here by people, and noted.
 */
import { z } from 'zod'
import {
  OrganAnswer,
  OrganChange,
  OrganLevel,
  OrganMerge,
  OrganOther,
  OrganSplit,
  OrgansAnswer,
} from '../../review/api.js'
import type { Service } from '../service.js'
import { neighbourChecksOfAll } from '../store/neighbour-checks.js'
import { yearsOf } from '../store/organ-years.js'
import {
  changeOrgan,
  childrenOf,
  findOrgan,
  mergeOrgans,
  type OrganRefusal,
  organsAfter,
  organsNear,
  predecessorsOf,
  splitOrgan,
  tellApart,
} from '../store/organs.js'
import type { Db } from '../store/schema.js'
import type { App } from './app-type.js'
import { callerOf } from './authorise.js'
import { Problem } from './problem.js'
import { pageLimit, Region, Words } from './query.js'

const Which = z.object({ id: z.uuid() })

/** Which organs: for the coverage, too. */
export const OrganFilterQuery = z.object({
  q: Words.optional().meta({ description: '名称或别名的一部分' }),
  level: OrganLevel.optional().meta({
    description: 'central 中央；province 省级；city 市级；county 县级；township 乡级；other 其他。先由名称推断，可更改',
  }),
  region: Region.optional(),
})

export function organRoutes(app: App, { db }: Service): void {
  const tags = ['机关']

  app.get(
    '/api/v1/organs',
    {
      config: { access: 'read' },
      schema: {
        summary: '机关及其各年度的报告份数，按名称',
        tags,
        querystring: OrganFilterQuery.extend({
          cursor: z.uuid().optional().meta({ description: '上一页的 next' }),
          limit: pageLimit(200, 1_000),
        }),
        response: { 200: OrgansAnswer },
      },
    },
    async (request) => {
      const { cursor, limit, ...filter } = request.query
      const organs = await organsAfter(db, filter, cursor ?? null, limit)
      return { organs, next: organs.length < limit ? null : (organs.at(-1)?.id ?? null) }
    },
  )

  app.get(
    '/api/v1/organs/:id',
    {
      config: { access: 'read' },
      schema: {
        summary: '一个机关：各年度的数据、跨年核对、名称相近的机关',
        tags,
        params: Which,
        response: { 200: OrganAnswer },
      },
    },
    (request) => answerFor(db, request.params.id),
  )

  app.patch(
    '/api/v1/organs/:id',
    {
      config: { access: 'review' },
      schema: {
        summary: '更改机关的名称、别名、区划、级别、上级或后继机关；只改给出的',
        tags,
        params: Which,
        body: OrganChange,
        response: { 200: OrganAnswer },
      },
    },
    async (request) => answerTo(db, await changeOrgan(db, request.params.id, request.body, callerOf(request).actor)),
  )

  app.post(
    '/api/v1/organs/:id/merge',
    {
      config: { access: 'review' },
      schema: {
        summary: '与另一个机关实为同一机关：名称和报告都归后者',
        description: '机构改革中并入他机关的，不在此合并，请设其后继机关（successor）。',
        tags,
        params: Which,
        body: OrganMerge,
        response: { 200: OrganAnswer },
      },
    },
    async (request) =>
      answerTo(db, await mergeOrgans(db, request.params.id, request.body.into, callerOf(request).actor)),
  )

  app.post(
    '/api/v1/organs/:id/other',
    {
      config: { access: 'review' },
      schema: {
        summary: '与名称相近的另一个机关不是同一机关：不再提示',
        tags,
        params: Which,
        body: OrganOther,
        response: { 200: OrganAnswer },
      },
    },
    async (request) => answerTo(db, await tellApart(db, request.params.id, request.body.than, callerOf(request).actor)),
  )

  app.post(
    '/api/v1/organs/:id/split',
    {
      config: { access: 'review' },
      schema: {
        summary: '某个别名实为另一个机关：连同该名下的报告分出去',
        tags,
        params: Which,
        body: OrganSplit,
        response: { 200: OrganAnswer },
      },
    },
    async (request) =>
      answerTo(db, await splitOrgan(db, request.params.id, request.body.alias, callerOf(request).actor)),
  )
}

async function answerTo(db: Db, outcome: { kind: 'done'; id: string } | OrganRefusal): Promise<OrganAnswer> {
  if (outcome.kind === 'done') return answerFor(db, outcome.id)
  throw refusalOf(outcome)
}

function refusalOf(refusal: OrganRefusal): Problem {
  switch (refusal.kind) {
    case 'unknown':
      return new Problem(404, 'organ_unknown', '没有这个机关。它可能已与别的机关合并，请重新查找。')
    case 'name_taken':
      return new Problem(409, 'name_taken', '另一个机关已有这个名称。如为同一机关，请合并。', {
        of: 'organ',
        organ: refusal.by,
      })
    case 'in_circles':
      return new Problem(409, 'in_circles', '一个机关不能是自己的上级或后继机关，也不能与自己合并。')
    case 'no_alias':
      return new Problem(409, 'no_alias', '这个机关没有这个别名；它的正式名称不能分出去，请先改名。')
  }
}

async function answerFor(db: Db, id: string): Promise<OrganAnswer> {
  const organ = await findOrgan(db, id)
  if (organ === undefined) throw refusalOf({ kind: 'unknown' })
  const [near, children, predecessors, reports] = await Promise.all([
    organsNear(db, organ),
    childrenOf(db, id),
    predecessorsOf(db, id),
    yearsOf(db, id),
  ])
  const checks = await neighbourChecksOfAll(
    db,
    reports.map(({ documentId }) => documentId),
  )
  return { organ, near, children, predecessors, years: reports.map(({ documentId: _, ...year }) => year), checks }
}
