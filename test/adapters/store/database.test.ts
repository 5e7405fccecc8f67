import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { sql } from 'kysely'
import { migrate } from '../../../src/adapters/store/migrate.js'
import { STEPS } from '../../../src/adapters/store/migrations.js'
import { StoreRefused } from '../../../src/adapters/store/refused.js'
import { openEmptyStore, STORES, type TestStore } from '../../build/store.js'

describe.each(STORES)('on %s', (make) => {
  let store: TestStore
  beforeEach(async () => {
    store = await openEmptyStore(make)
  })
  afterEach(() => store.close())

  const count = async (table: string) => {
    const { rows } = await sql<{ count: string }>`select count(*) from ${sql.table(table)}`.execute(store.db)
    return rows[0]?.count
  }

  test('migrations lead from nothing to the tables, and a second time to nothing more', async () => {
    expect(await migrate(store.db)).toEqual(STEPS.map(({ name }) => name))
    expect(await migrate(store.db)).toEqual([])
    expect(await count('documents')).toBe('0')
  })

  test('of several that migrate at once, one does each step', async () => {
    const all = await Promise.all([migrate(store.db), migrate(store.db), migrate(store.db)])
    // Whoever comes first takes a step, so that they may share them.
    expect(all.flat().sort()).toEqual(STEPS.map(({ name }) => name).sort())
  })

  test('a step that fails leaves nothing of itself behind', async () => {
    const broken = {
      name: '9999-broken',
      statements: ['create table half (word text)', 'create table half (word text)'],
    }
    await expect(migrate(store.db, [...STEPS, broken])).rejects.toThrow('already exists')
    await expect(count('half')).rejects.toThrow('does not exist')
    expect(await migrate(store.db)).toEqual([])
  })

  test('a store that a newer version has changed is refused', async () => {
    await migrate(store.db, [...STEPS, { name: '9999-later', statements: ['create table later (word text)'] }])
    await expect(migrate(store.db)).rejects.toThrow(StoreRefused)
    await expect(migrate(store.db)).rejects.toThrow('9999-later')
  })

  test('what only grows can be neither changed nor removed', async () => {
    await migrate(store.db)
    await sql`insert into events (actor, kind) values ('system', 'received')`.execute(store.db)
    await expect(sql`update events set actor = 'nobody'`.execute(store.db)).rejects.toThrow('events only grows')
    await expect(sql`delete from events`.execute(store.db)).rejects.toThrow('events only grows')
    expect(await count('events')).toBe('1')
  })

  test('transactions at once do not see each other', async () => {
    await sql`create table words (word text)`.execute(store.db)
    const write = (word: string) =>
      store.db.transaction().execute(async (transaction) => {
        await sql`insert into words values (${word})`.execute(transaction)
        const { rows } = await sql<{ word: string }>`select word from words where word <> 'before'`.execute(transaction)
        if (word === 'fails') throw new Error('on purpose')
        return rows.map((row) => row.word)
      })
    const results = await Promise.allSettled([write('fails'), write('fails'), write('fails')])
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    // Were BEGIN and COMMIT of two mixed up, one's rollback would not take back what it wrote.
    expect(await count('words')).toBe('0')
    expect(await write('one')).toEqual(['one'])
  })

  test('what comes between the statements of a transaction waits, and is not part of it', async () => {
    await sql`create table words (word text)`.execute(store.db)
    let outside: Promise<unknown> = Promise.resolve()
    const inside = store.db.transaction().execute(async (transaction) => {
      await sql`insert into words values ('taken back')`.execute(transaction)
      outside = sql`insert into words values ('stays')`.execute(store.db)
      await sql`select 1`.execute(transaction)
      throw new Error('on purpose')
    })
    await expect(inside).rejects.toThrow('on purpose')
    await outside
    const { rows } = await sql`select word from words`.execute(store.db)
    expect(rows).toEqual([{ word: 'stays' }])
  })

  test('an error has the code and the constraint that PostgreSQL gives it', async () => {
    await sql`create table words (word text constraint words_short check (length(word) < 5))`.execute(store.db)
    await expect(sql`insert into words values ('too long')`.execute(store.db)).rejects.toMatchObject({
      code: '23514',
      constraint: 'words_short',
      table: 'words',
    })
    await expect(sql`select from`.execute(store.db)).rejects.toMatchObject({ code: '42601' })
  })

  test('numbers that JavaScript does not hold come as text, times as dates, JSON as values', async () => {
    const { rows } = await sql`select 12345678901234567890.123::numeric as exact, 9007199254740993::bigint as big,
      7 as small, ${new Date(86_400_000)}::timestamptz as instant, '{"a":[1]}'::json as json, ${['甲', 'b"c', null]}::text[] as list,
      null as nothing, true as yes`.execute(store.db)
    expect(rows).toEqual([
      {
        exact: '12345678901234567890.123',
        big: '9007199254740993',
        small: 7,
        instant: new Date(86_400_000),
        json: { a: [1] },
        list: ['甲', 'b"c', null],
        nothing: null,
        yes: true,
      },
    ])
  })

  test('a megabyte goes in and comes out', async () => {
    const text = '勾稽'.repeat(500_000)
    const { rows } = await sql<{ text: string }>`select ${text}::text as text`.execute(store.db)
    expect(rows[0]?.text === text).toBe(true)
  })

  test('a client hears of what another one notifies of when that is committed, and of nothing else', async () => {
    const heard: (string | undefined)[] = []
    const client = await store.pool.connect()
    client.on('notification', ({ channel, payload }) => heard.push(`${channel} ${payload}`))
    await client.query('listen arrivals')
    await store.db
      .transaction()
      .execute(async (transaction) => {
        await sql`notify arrivals, 'taken back'`.execute(transaction)
        throw new Error('on purpose')
      })
      .catch(() => undefined)
    await sql`notify departures, 'not for us'`.execute(store.db)
    await sql`notify arrivals, 'first'`.execute(store.db)
    while (heard.length === 0) await new Promise((resolve) => setTimeout(resolve, 10))
    expect(heard).toEqual(['arrivals first'])
    client.release()
  })

  test('the queue looks into its own schema first, the store never does', async () => {
    await store.pool.query('create schema bullmq')
    await store.pool.query('create table job (word text)')
    await store.pool.query(`insert into job values ('queued')`)
    await expect(count('job')).rejects.toThrow('does not exist')
    expect(await count('bullmq.job')).toBe('1')
    expect((await store.pool.query('select word from job')).rows).toEqual([{ word: 'queued' }])
  })

  test('a client that goes in the middle of a transaction takes it back', async () => {
    await sql`create table words (word text)`.execute(store.db)
    const client = await store.pool.connect()
    await client.query('begin')
    await client.query(`insert into words values ('lost')`)
    client.release(true)
    expect(await count('words')).toBe('0')
  })
})
