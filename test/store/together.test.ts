import { expect, test } from 'vitest'
import { openDatabase, type Transaction } from '../../src/store/database.ts'
import { together } from '../../src/store/together.ts'
import { createTestDatabase } from '../support/postgres.ts'

test('of statements that were sent together it is told what went wrong, and not that the others went wrong by it', async () => {
  const database = await createTestDatabase()
  const db = await openDatabase({
    ...{ url: database.url, application: 'test' },
    dataDir: () => Promise.reject(new Error('a test database needs no data directory')),
  })
  const inTurn = async (tx: Transaction): Promise<void> => {
    await tx.query('select 1')
    await tx.query({ name: 'two', text: 'select 2' })
  }
  const failing = db.transaction((tx) =>
    together([inTurn(tx), tx.query('select 1 / 0'), tx.query({ name: 'two', text: 'select 2' })]),
  )
  await expect(failing).rejects.toThrow('division by zero')
  expect(await db.transaction((tx) => together([inTurn(tx), tx.query('select 3')]))).toMatchObject([
    undefined,
    { rowCount: 1 },
  ])
  await db.close()
  await database.drop()
})
