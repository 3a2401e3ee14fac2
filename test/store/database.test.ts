import { expect, test } from 'vitest'
import { openDatabase } from '../../src/store/database.ts'
import { createTestDatabase } from '../support/postgres.ts'

const open = (url: string) =>
  openDatabase({
    url,
    application: 'test',
    dataDir: () => Promise.reject(new Error('no data directory is needed')),
  })

test.each(['foo', 'mysql://localhost/x', 'postgresql:/half', 'http://localhost:5432'])(
  'a DATABASE_URL that is none (%s) is refused before anything is asked, with an example',
  async (url) => {
    await expect(open(url)).rejects.toThrow('postgresql://user:password@host:5432/database')
  },
)

test('a server that does not answer is named, without the password', async () => {
  const failed = open('postgresql://me:secret@127.0.0.1:1/news')
  await expect(failed).rejects.toThrow('127.0.0.1:1/news')
  await expect(failed).rejects.not.toThrow('secret')
})

test('a transaction that throws leaves nothing behind, one that returns is kept', async () => {
  const database = await createTestDatabase()
  const db = await open(database.url)
  const count = async () =>
    (await db.pool.query<{ n: number }>('select count(*)::int as n from setting')).rows[0]?.n
  const insert = (key: string, fails: boolean) =>
    db.transaction(async (tx) => {
      await tx.query(`insert into setting (key, value) values ($1, '1')`, [key])
      if (fails) throw new Error('stop')
    })
  await expect(insert('a', true)).rejects.toThrow('stop')
  expect(await count()).toBe(0)
  await insert('b', false)
  expect(await count()).toBe(1)
  await db.close()
  await database.drop()
})
