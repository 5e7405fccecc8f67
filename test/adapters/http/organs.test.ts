import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { sql } from 'kysely'
import { type App, buildApp } from '../../../src/adapters/http/app.js'
import { ROUTES } from '../../../src/adapters/http/routes.js'
import { deleteDocument } from '../../../src/adapters/store/documents.js'
import type { ReportRecord } from '../../../src/record.js'
import { type Call, listen, openServiceForTest, type ServiceForTest, someone } from '../../build/http-service.js'
import { copyOf, keep } from '../../build/received.js'
import { fact, flag, record } from '../../build/record.js'
import { STORES } from '../../build/store.js'

let named = 0

function report(organ: string, year: number | null, parts: Partial<ReportRecord> = {}): ReportRecord {
  named += 1
  const known = { title: null, organ, year, vintage: '2021', period: null } as const
  return copyOf(record({ report: known, ...parts }), `${named} ${organ}${year}.pdf`)
}

describe.each(STORES)('organs, on %s', (make) => {
  let opened: ServiceForTest
  let app: App
  let call: Call
  let reviewer: Record<string, string>
  let analyst: Record<string, string>

  beforeAll(async () => {
    opened = await openServiceForTest(make)
    app = await buildApp(opened.service, ROUTES)
    call = await listen(app)
    reviewer = await someone(opened.service, call, 'reviewer', '沈')
    analyst = await someone(opened.service, call, 'analyst', '分析员')
  })
  afterAll(async () => {
    await app.close()
    await opened.close()
  })
  beforeEach(() => sql`truncate documents, facts, organs, neighbour_tasks cascade`.execute(opened.service.db))

  const arrive = async (...records: ReportRecord[]) => {
    for (const one of records) await keep(opened.service.db, one)
  }
  const get = async (path: string) => {
    const { status, json } = await call(`GET /api/v1${path}`, { headers: analyst })
    expect(status).toBe(200)
    return json
  }
  const idOf = async (name: string): Promise<string> => {
    const { organs } = await get(`/organs?q=${encodeURIComponent(name)}`)
    const found = organs.find((organ: { name: string }) => organ.name === name)
    return found?.id ?? `no organ ${name}`
  }
  const change = (method: 'PATCH' | 'POST', path: string, body: unknown) =>
    call(`${method} /api/v1/organs/${path}`, { headers: reviewer, body })
  const statesOf = async (query = '') => {
    const { rows } = await get(`/coverage${query}`)
    return Object.fromEntries(
      rows.map((row: { organ: { name: string }; cells: { year: number; state: string }[] }) => [
        row.organ.name,
        row.cells.map(({ year, state }) => `${year} ${state}`),
      ]),
    )
  }

  test('come into being with the first report that bears their name, once', async () => {
    await arrive(report('澄湖区水务局', 2022), report('澄湖区水务局', 2023), report('澄湖区人民政府', 2023))
    const { organs, next } = await get('/organs')
    expect(next).toBeNull()
    expect(organs).toMatchObject([
      { name: '澄湖区人民政府', aliases: [], region: null, level: 'county', parent: null, successor: null },
      {
        name: '澄湖区水务局',
        years: [
          { year: 2022, documents: 1 },
          { year: 2023, documents: 1 },
        ],
      },
    ])
  })

  test('are one when two reports with a new name come at once', async () => {
    await Promise.all([2020, 2021, 2022, 2023].map((year) => arrive(report('新设的机关', year))))
    expect((await get('/organs')).organs).toMatchObject([{ name: '新设的机关', years: { length: 4 } }])
  })

  test.each([
    ['澄湖市江口区东坝街道办事处', 'township'],
    ['石集镇人民政府', 'township'],
    ['澄湖区住房和城乡建设局', 'county'],
    ['澄湖市市场监督管理局', 'city'],
    ['澄湖市城市管理局', 'city'],
    ['城市管理局', null],
    ['苏州市昆山市人民政府', 'county'],
    ['大兴安岭地区行政公署', 'city'],
    ['广西壮族自治区财政厅', 'province'],
    ['广西壮族自治区', 'province'],
    ['上海市人民政府办公厅', 'province'],
    ['上海市静安区人民政府', 'county'],
    ['江苏省水利厅', 'province'],
    ['国家税务总局澄湖区税务局', 'county'],
    ['国家档案局', 'central'],
    ['澄湖经济技术开发区管理委员会', 'other'],
    ['乌鲁木齐县人民政府', 'county'],
    ['水务局', null],
  ])('%s stands at the level %s, by its name', async (name, level) => {
    const { rows } = await sql<{ level: string | null }>`select level_of_organ(${name}) as level`.execute(
      opened.service.db,
    )
    expect(rows).toEqual([{ level }])
  })

  test('are listed page after page, and found by name, level and region', async () => {
    await arrive(report('甲县人民政府', 2023), report('乙市人民政府', 2023), report('丙镇人民政府', 2023))
    const names: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: { organs: { name: string }[]; next: string | null } = await get(`/organs?limit=1${cursor}`)
      names.push(...page.organs.map(({ name }) => name))
      cursor = page.next === null ? null : `&cursor=${page.next}`
    }
    expect(names).toEqual([...names].sort())
    expect(names).toHaveLength(3)
    await change('PATCH', await idOf('甲县人民政府'), { region: '320826' })
    expect((await get('/organs?region=3208')).organs).toMatchObject([{ name: '甲县人民政府' }])
    expect((await get('/organs?region=320800')).organs).toHaveLength(1)
    expect((await get('/organs?region=3209')).organs).toEqual([])
    expect((await get('/organs?level=township')).organs).toMatchObject([{ name: '丙镇人民政府' }])
    expect((await get(`/organs?q=${encodeURIComponent('%')}`)).organs).toEqual([])
  })

  test('have names, region, level and those above them as people say, which is noted', async () => {
    await arrive(report('甲县水务局', 2023), report('甲县人民政府', 2023))
    const [id, parent] = [await idOf('甲县水务局'), await idOf('甲县人民政府')]
    const body = { name: '甲县水利局', region: '320826', level: 'other', parent }
    const { status, json } = await change('PATCH', id, body)
    expect(status).toBe(200)
    expect(json.organ).toEqual({ id, ...body, aliases: ['甲县水务局'], successor: null })
    expect((await get(`/organs/${parent}`)).children).toMatchObject([{ id }])
    await arrive(report('甲县水务局', 2024))
    expect((await get(`/organs/${id}`)).years.map(({ year }: { year: number }) => year)).toEqual([2023, 2024])
    const { rows } = await sql`select actor, kind, detail from events where kind = 'organ_changed'`.execute(
      opened.service.db,
    )
    expect(rows.at(-1)).toEqual({ actor: 'user:沈', kind: 'organ_changed', detail: { organ: id, ...body } })
  })

  test('are refused a name of another, a place above themselves, and what is not there', async () => {
    await arrive(report('甲县水务局', 2023), report('甲县人民政府', 2023))
    const [id, parent] = [await idOf('甲县水务局'), await idOf('甲县人民政府')]
    await change('PATCH', id, { parent })
    const refused = async (method: 'PATCH' | 'POST', path: string, body: unknown) => {
      const { status, json } = await change(method, path, body)
      return `${status} ${json.code}`
    }
    expect(await refused('PATCH', id, { name: '甲县人民政府' })).toBe('409 name_taken')
    expect(await refused('PATCH', id, { name: '甲县水利局', addAlias: '甲县人民政府', level: 'city' })).toBe(
      '409 name_taken',
    )
    expect(await refused('PATCH', parent, { parent: id })).toBe('409 in_circles')
    expect(await refused('PATCH', id, { successor: id })).toBe('409 in_circles')
    expect(await refused('PATCH', id, { parent: '00000000-0000-4000-8000-000000000000' })).toBe('404 organ_unknown')
    expect(await refused('POST', `${id}/merge`, { into: id })).toBe('409 in_circles')
    expect(await refused('POST', `${id}/split`, { alias: '甲县水务局' })).toBe('409 no_alias')
    expect(await refused('PATCH', id, { region: '32' })).toBe('400 invalid_request')
    expect((await get(`/organs/${id}`)).organ).toMatchObject({ name: '甲县水务局', aliases: [], level: 'county' })
  })

  test('that are near in name, and not the same, are suggested to nobody any more', async () => {
    await arrive(
      report('澄湖区人民政府', 2022),
      report('江州市澄湖区人民政府', 2023),
      report('宁州市澄湖区人民政府', 2023),
    )
    const [id, other, third] = [
      await idOf('澄湖区人民政府'),
      await idOf('江州市澄湖区人民政府'),
      await idOf('宁州市澄湖区人民政府'),
    ]
    const nearOf = async (organ: string) =>
      (await get(`/organs/${organ}`)).near.map((one: { name: string }) => one.name).sort()
    expect(await nearOf(id)).toEqual(['宁州市澄湖区人民政府', '江州市澄湖区人民政府'])
    expect((await change('POST', `${id}/other`, { than: other })).json.near).toMatchObject([{ id: third }])
    expect(await nearOf(other)).not.toContain('澄湖区人民政府')
    expect((await change('POST', `${other}/other`, { than: id })).status).toBe(200)
    expect((await change('POST', `${id}/other`, { than: id })).json.code).toBe('in_circles')
    // What was said of one that is merged is true of what it is merged into.
    await change('POST', `${id}/merge`, { into: third })
    expect(await nearOf(third)).toEqual([])
  })

  test('that are one are merged: names, reports and those below go over', async () => {
    await arrive(report('澄湖区人民政府', 2022), report('江州市澄湖区人民政府', 2023), report('澄湖区水务局', 2023))
    const [id, into, below] = [
      await idOf('澄湖区人民政府'),
      await idOf('江州市澄湖区人民政府'),
      await idOf('澄湖区水务局'),
    ]
    expect((await get(`/organs/${id}`)).near).toMatchObject([{ id: into }])
    await change('PATCH', id, { region: '321899' })
    await change('PATCH', below, { parent: id })
    const { status, json } = await change('POST', `${id}/merge`, { into })
    expect(status).toBe(200)
    expect(json).toMatchObject({
      organ: { id: into, name: '江州市澄湖区人民政府', aliases: ['澄湖区人民政府'], region: '321899' },
      near: [],
      children: [{ id: below }],
      years: [{ year: 2022 }, { year: 2023 }],
    })
    const listed = async (query: string) =>
      (await get(`/documents?${query}`)).documents.map(({ year }: { year: number }) => year)
    expect(await listed(`organId=${into}`)).toEqual([2023, 2022])
    expect(await listed(`organId=${into}&organ=${encodeURIComponent('澄湖区人民政府')}`)).toEqual([2022])
    expect(await listed(`organId=${id}`)).toEqual([])
    await arrive(report('澄湖区人民政府', 2021))
    expect((await get(`/organs/${into}`)).years).toHaveLength(3)
    expect((await call(`GET /api/v1/organs/${id}`, { headers: analyst })).json.code).toBe('organ_unknown')
  })

  test('that are merged while their reports come in lose none of them', async () => {
    await arrive(report('甲县人民政府', 2000), report('甲县人民政府办公室', 2000))
    const [id, into] = [await idOf('甲县人民政府办公室'), await idOf('甲县人民政府')]
    const years = Array.from({ length: 12 }, (_, index) => 2001 + index)
    const [{ status }] = await Promise.all([
      change('POST', `${id}/merge`, { into }),
      ...years.map((year) => arrive(report('甲县人民政府办公室', year))),
    ])
    expect(status).toBe(200)
    expect((await get(`/organs/${into}`)).years.map(({ year }: { year: number }) => year)).toEqual([2000, ...years])
    expect((await get('/organs')).organs).toHaveLength(1)
  })

  test('that were taken for one are split again, with the reports that bear the alias', async () => {
    await arrive(report('甲县人民政府', 2022), report('乙县人民政府', 2023))
    const [id, other] = [await idOf('甲县人民政府'), await idOf('乙县人民政府')]
    await change('POST', `${other}/merge`, { into: id })
    const { status, json } = await change('POST', `${id}/split`, { alias: '乙县人民政府' })
    expect(status).toBe(200)
    expect(json).toMatchObject({ organ: { name: '乙县人民政府', aliases: [] }, years: [{ year: 2023 }] })
    expect((await get(`/organs/${id}`)).years).toMatchObject([{ year: 2022 }])
  })

  test('show their years with figures, and those of what went on as them', async () => {
    const facts = [
      fact({ key: 'requests.new.total', state: 'number', value: 21, raw: '21' }),
      fact({ key: 'requests.carried_in.total' }),
    ]
    await arrive(report('甲县粮食局', 2018), report('甲县粮食局', 2019), report('甲县发改委', 2019, { facts }))
    const [id, into] = [await idOf('甲县粮食局'), await idOf('甲县发改委')]
    await change('PATCH', id, { successor: into, succeededIn: 2019 })
    const { years, predecessors } = await get(`/organs/${into}`)
    expect(predecessors).toMatchObject([{ id, successor: into }])
    expect(years).toMatchObject([
      { year: 2018, values: {} },
      { year: 2019, values: { 'requests.new.total': 21, 'requests.carried_in.total': null }, reviewed: false },
    ])
    expect(await statesOf('?from=2018&to=2019')).toEqual({
      甲县粮食局: ['2018 accepted', '2019 accepted'],
      甲县发改委: ['2018 missing', '2019 accepted'],
    })
  })

  test('say of their figures what is blank, and what is derived beside what is printed', async () => {
    const facts = [
      fact({ key: 'review.total', state: 'zero', value: 0, raw: '0', derived: 11 }),
      fact({ key: 'requests.carried_in.total' }),
      fact({ key: 'requests.new.total', state: 'number', value: 21, raw: '21' }),
    ]
    await arrive(report('甲县人民政府', 2023, { facts }))
    const { years } = await get(`/organs/${await idOf('甲县人民政府')}`)
    expect(years[0].values).toEqual({ 'review.total': 0, 'requests.carried_in.total': null, 'requests.new.total': 21 })
    expect(years[0].remarks).toEqual({
      'review.total': { state: 'zero', decision: null, derived: 11 },
      'requests.carried_in.total': { state: 'blank', decision: null, derived: null },
    })
  })

  test('are covered year by year by what was accepted, else by the newest', async () => {
    const refused: Partial<ReportRecord> = { status: 'needs_review', flags: [flag()] }
    const gone = report('甲县人民政府', 2023)
    await arrive(
      report('甲县人民政府', 2020),
      report('甲县人民政府', 2020, refused),
      report('甲县人民政府', 2022, refused),
      gone,
      report('乙县人民政府', 2023),
      report('丙市人民政府', 2021),
    )
    await deleteDocument(opened.service.db, gone.document.sha256, '误传', 'user:王')
    expect(await statesOf()).toEqual({
      甲县人民政府: ['2020 accepted', '2021 missing', '2022 needs_review'],
      乙县人民政府: ['2023 accepted'],
      丙市人民政府: ['2021 accepted'],
    })
    expect(await statesOf('?from=2022&level=county')).toEqual({
      甲县人民政府: ['2022 needs_review', '2023 missing'],
      乙县人民政府: ['2022 missing', '2023 accepted'],
    })
    const { years, rows } = await get(`/coverage?q=${encodeURIComponent('甲县')}`)
    expect(years).toEqual([2020, 2021, 2022])
    expect(rows[0].cells[2]).toMatchObject({ vintage: '2021', openItems: 1, sha256: expect.stringMatching(/^\w{64}$/) })
  })

  test('are overviewed: by day, by state, by year, by rule', async () => {
    await arrive(
      report('甲县人民政府', 2023),
      report('乙县人民政府', 2023, { status: 'needs_review' }),
      report('丙县人民政府', null, { status: 'failed', failure: { code: 'corrupt', message: '已损坏。' } }),
    )
    await sql`insert into failed_rules select document_id, 'T3-BALANCE' from reports where year = 2023`.execute(
      opened.service.db,
    )
    await sql`insert into documents (sha256, byte_length, file_name) values (${'e'.repeat(64)}, 1, '未读.pdf')`.execute(
      opened.service.db,
    )
    const { days, queue, reports, years, rules } = await get('/overview')
    expect(days).toHaveLength(60)
    expect(days.at(-1)).toMatchObject({ received: 4, read: 3, settled: 0 })
    expect(queue).toEqual({ waiting: 3, active: 2, delayed: 1 })
    expect(reports).toEqual({ accepted: 1, reviewed: 0, needsReview: 1, failed: 1, unread: 1 })
    expect(years).toEqual([{ year: 2023, accepted: 1, reviewed: 0, needsReview: 1, failed: 0 }])
    expect(rules).toEqual([
      { rule: 'T3-BALANCE', title: expect.stringContaining('本年新收'), level: 'error', reports: 2 },
    ])
    const failing = await get('/documents?rule=T3-BALANCE')
    expect(failing.documents.map(({ year }: { year: number }) => year)).toEqual([2023, 2023])
    expect((await get('/documents?rule=T4-REVIEW')).documents).toEqual([])
    const one = await get(`/overview?organ=${await idOf('甲县人民政府')}`)
    expect(one.reports).toEqual({ accepted: 1, reviewed: 0, needsReview: 0, failed: 0, unread: 0 })
  })

  test('are changed by those who may review', async () => {
    await arrive(report('甲县人民政府', 2023))
    const id = await idOf('甲县人民政府')
    expect((await call(`PATCH /api/v1/organs/${id}`, { headers: analyst, body: { level: 'city' } })).status).toBe(403)
    expect((await call(`PATCH /api/v1/organs/${id}`, { headers: reviewer, body: { level: 'city' } })).status).toBe(200)
  })
})
