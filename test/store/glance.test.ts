import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { glance } from '../../src/store/glance.ts'
import { listItemsBriefly } from '../../src/store/watch-items.ts'
import { createTestDatabase } from '../support/postgres.ts'

test('a database that is up is asked', async () => {
  const database = await createTestDatabase()
  expect(await glance({ DATABASE_URL: database.url }, (db) => listItemsBriefly(db))).toEqual([])
  expect(await glance({ DATABASE_URL: database.url }, (db) => db.query('select nonsense'))).toBeNull()
  await database.drop()
})

test('one that is not there is neither waited for nor made', async () => {
  expect(
    await glance({ DATABASE_URL: 'postgres://127.0.0.1:1/none' }, (db) => listItemsBriefly(db)),
  ).toBeNull()
  const folder = await mkdtemp(join(tmpdir(), 'ow-glance-'))
  expect(await glance({ OPENWATCH_DATA: folder }, (db) => listItemsBriefly(db))).toBeNull()
  expect(await readdir(folder)).toEqual([])
  await rm(folder, { recursive: true })
})
