import { expect, test } from 'vitest'
import { openDatabase } from '../../src/store/database.ts'
import { together } from '../../src/store/together.ts'
import { createTestDatabase } from '../support/postgres.ts'

const openTestDatabase = async () => {
  const database = await createTestDatabase()
  const db = await openDatabase({
    url: database.url,
    application: 'test',
    dataDir: () => Promise.reject(new Error('no data directory is needed')),
  })
  const close = async () => {
    await db.close()
    await database.drop()
  }
  return { db, close }
}

test('what is sent together is answered in its order', async () => {
  const { db, close } = await openTestDatabase()
  try {
    const [first, second, third] = await db.transaction((tx) =>
      together([
        tx.query<{ n: number }>('select 1 as n, pg_sleep(0.05)'),
        tx.query<{ n: number }>({ name: 'numbered', text: 'select $1::int as n', values: [2] }),
        tx.query<{ n: number }>({ name: 'numbered', text: 'select $1::int as n', values: [3] }),
      ]),
    )
    expect([first, second, third].map(({ rows }) => rows[0]?.n)).toEqual([1, 2, 3])
  } finally {
    await close()
  }
})

test('what is read behind a lock is read after the lock was had, also when both were sent at once', async () => {
  const { db, close } = await openTestDatabase()
  try {
    await db.pool.query(`insert into setting (key, value) values ('stand', '1')`)
    const holder = await db.pool.connect()
    await holder.query('select pg_advisory_lock(1)')
    const read = db.transaction(async (tx) => {
      const [, stand] = await together([
        tx.query('select pg_advisory_xact_lock(1)'),
        tx.query<{ value: number }>(`select value from setting where key = 'stand'`),
      ])
      return stand.rows[0]?.value
    })
    const waits = async () =>
      (await db.pool.query(`select from pg_locks where locktype = 'advisory' and not granted`)).rows.length
    await expect.poll(waits).toBe(1)
    await holder.query(`update setting set value = '2' where key = 'stand'`)
    await holder.query('select pg_advisory_unlock(1)')
    holder.release()
    expect(await read).toBe(2)
  } finally {
    await close()
  }
})

test('where one fails nothing is kept, also of what the others go on with', async () => {
  const { db, close } = await openTestDatabase()
  try {
    const insert = `insert into setting (key, value) values ($1, '1')`
    let wentOn = false
    const work = db.transaction((tx) =>
      together([
        tx.query('select 1 / 0'),
        (async () => {
          await new Promise((resolve) => setTimeout(resolve, 50))
          wentOn = true
          await tx.query(insert, ['a'])
        })(),
        tx.query(insert, ['b']),
      ]),
    )
    await expect(work).rejects.toThrow('division by zero')
    expect(wentOn).toBe(true)
    expect((await db.pool.query('select from setting')).rows).toHaveLength(0)
    // the connection is as good as new
    await db.transaction((tx) => tx.query(insert, ['c']))
    expect((await db.pool.query('select from setting')).rows).toHaveLength(1)
  } finally {
    await close()
  }
})
