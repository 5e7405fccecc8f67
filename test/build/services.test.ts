import { expect, test } from '@jest/globals'
import { Redis } from 'ioredis'
import pg from 'pg'
import { bucketEndpoint, freshDatabase, redisUrl, startPostgres, startRedis } from './services.js'

test('the shared servers answer, and a fresh database is empty and goes again', async () => {
  const redis = new Redis(redisUrl())
  expect(await redis.ping()).toBe('PONG')
  await redis.quit()
  expect((await fetch(`${bucketEndpoint()}/gouji`)).status).toBeLessThan(500)
  const { url, drop } = await freshDatabase()
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const tables = await client.query(`select 1 from information_schema.tables where table_schema = 'public'`)
  expect(tables.rows).toEqual([])
  await client.end()
  await drop()
  await expect(new pg.Client({ connectionString: url }).connect()).rejects.toThrow('does not exist')
})

test('a killed PostgreSQL comes back with what was committed, a killed Redis with nothing', async () => {
  const servers = [await startPostgres(), await startRedis()] as const
  const [postgres, redis] = servers
  const ask = async (statement: string) => {
    const client = new pg.Client({ connectionString: postgres.url })
    await client.connect()
    try {
      return (await client.query(statement)).rows
    } finally {
      await client.end()
    }
  }
  const client = new Redis(redis.url, { retryStrategy: () => 50 })
  client.on('error', () => {}) // It is killed on purpose.
  try {
    await ask('create table kept (word text)')
    await ask(`insert into kept values ('there')`)
    await client.set('word', 'there')
    await Promise.all(servers.map((server) => server.kill()))
    await expect(ask('select 1')).rejects.toThrow()
    await Promise.all(servers.map((server) => server.restart()))
    expect(await ask('select word from kept')).toEqual([{ word: 'there' }])
    expect(await client.get('word')).toBeNull()
  } finally {
    client.disconnect()
    await Promise.all(servers.map((server) => server.remove()))
  }
})
