import { expect, test } from '@jest/globals'
import { sql } from 'kysely'
import { openDatabase } from '../../../src/adapters/store/database.js'
import { startPostgres } from '../../build/services.js'

test('a PostgreSQL that goes away fails what is under way, and is asked again at the next query', async () => {
  const server = await startPostgres()
  const { db, pool, close } = await openDatabase({ databaseUrl: server.url, dataFolder: '' })
  try {
    await sql`create table words (word text)`.execute(db)
    await Promise.all([1, 2, 3].map(() => sql`select pg_sleep(0.01)`.execute(db)))
    const listening = await pool.connect()
    await listening.query('listen arrivals')

    const asleep = sql`select pg_sleep(600)`.execute(db)
    const between = db.transaction().execute(async (transaction) => {
      await sql`insert into words values ('lost')`.execute(transaction)
      await server.kill()
      await sql`insert into words values ('lost too')`.execute(transaction)
    })
    const [sleep, transaction] = await Promise.allSettled([asleep, between])
    expect([sleep.status, transaction.status]).toEqual(['rejected', 'rejected'])
    await expect(sql`select 1`.execute(db)).rejects.toThrow()

    await server.restart()
    await sql`insert into words values ('there')`.execute(db)
    expect((await sql`select word from words`.execute(db)).rows).toEqual([{ word: 'there' }])
    listening.release(true)
  } finally {
    await close()
    await server.remove()
  }
})
