import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { sql } from 'kysely'
import { migrate } from '../../../src/adapters/store/migrate.js'
import { STEPS } from '../../../src/adapters/store/migrations.js'
import { checkNext } from '../../../src/adapters/store/neighbours.js'
import { allOrgans } from '../../../src/adapters/store/organs.js'
import { lineOf } from '../../build/received.js'
import { record } from '../../build/record.js'
import { openEmptyStore, STORES, type TestStore } from '../../build/store.js'

describe.each(STORES)('a store of before there were organs, on %s', (make) => {
  let store: TestStore
  beforeEach(async () => {
    store = await openEmptyStore(make)
    await migrate(
      store.db,
      STEPS.filter(({ name }) => name < '0005'),
    )
    const reports = [
      ['甲县人民政府', 2022],
      ['甲县人民政府', 2023],
      ['乙镇人民政府', 2023],
      [null, null],
    ] as const
    for (const [index, [organ, year]] of reports.entries()) {
      await sql`
        with document as (
          insert into documents (sha256, byte_length, file_name, deleted_at, deleted_reason)
          values (${String(index).repeat(64)}, 1, '年报.pdf', ${index === 2 ? new Date() : null}, ${index === 2 ? '误传' : null}) returning id
        )
        insert into extractions (document_id, extractor_version, status, media_type, organ, year, vintage, record, milliseconds)
        select id, '0.1.0', 'accepted', 'application/pdf', ${organ}, ${year}::integer, '2021', ${lineOf(record())}, 1 from document`.execute(
        store.db,
      )
    }
    await sql`update documents set extraction_id = e.id from extractions e where e.document_id = documents.id`.execute(
      store.db,
    )
    await sql`insert into reviews (document_id, version, organ, year) select id, 1, '丙县人民政府', 2021 from documents where sha256 like '3%'`.execute(
      store.db,
    )
    await migrate(store.db)
  })
  afterEach(() => store.close())

  test('has those its reports name, or people have named', async () => {
    expect((await allOrgans(store.db, {})).map(({ name, level }) => `${name} ${level}`)).toEqual([
      '丙县人民政府 county',
      '乙镇人民政府 township',
      '甲县人民政府 county',
    ])
    const { rows } = await sql`
      select o.name, r.year, r.is_live from reports r join organs o on o.id = r.organ_id order by r.document_id`.execute(
      store.db,
    )
    expect(rows).toEqual([
      { name: '甲县人民政府', year: 2022, is_live: true },
      { name: '甲县人民政府', year: 2023, is_live: true },
      { name: '乙镇人民政府', year: 2023, is_live: false },
      { name: '丙县人民政府', year: 2021, is_live: true },
    ])
  })

  test('has the checks between its reports made', async () => {
    while (await checkNext(store.db));
    expect(await store.db.selectFrom('neighbour_tasks').selectAll().execute()).toEqual([])
  })
})
