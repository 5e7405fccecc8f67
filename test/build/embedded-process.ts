/**
 * A process that uses the embedded store in a folder until it is ended: `hold` says when it has it, `write` says of each batch of rows that
 * it is committed, `leave` exits without closing.
 */
import { sql } from 'kysely'
import { openDatabase } from '../../src/adapters/store/database.js'

const ROWS = 200
const [dataFolder = '', work] = process.argv.slice(2)
const { db } = await openDatabase({ databaseUrl: null, dataFolder })
process.stdout.write('open\n')
if (work === 'leave') process.exit(0)
if (work === 'write') {
  await sql`create table if not exists kept (batch integer, place integer, primary key (batch, place))`.execute(db)
  for (let batch = 1; ; batch += 1) {
    await db.transaction().execute(async (transaction) => {
      await sql`insert into kept select ${batch}, place from generate_series(1, ${ROWS / 2}::integer) place`.execute(
        transaction,
      )
      await sql`insert into kept select ${batch}, place from generate_series(${ROWS / 2 + 1}::integer, ${ROWS}::integer) place`.execute(
        transaction,
      )
    })
    process.stdout.write(`${batch}\n`)
  }
}
setInterval(() => undefined, 1_000)
