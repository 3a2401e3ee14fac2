import fc from 'fast-check'
import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  boolArray,
  byteaArray,
  idArray,
  intArray,
  keyArray,
  textArray,
  timestampArray,
} from '../../src/store/binary-array.ts'
import { createPool } from '../../src/store/pool.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'

let database: TestDatabase
let pool: pg.Pool

beforeAll(async () => {
  database = await createTestDatabase()
  pool = createPool(database.connection)
})

afterAll(async () => {
  await pool.end()
  await database.drop()
})

/** What Postgres reads, as it writes it itself. */
async function readBack(type: string, array: Buffer): Promise<unknown> {
  const { rows } = await pool.query<{ array: unknown }>(`select $1::${type}[] as array`, [array])
  return rows[0]?.array
}

const runs = { numRuns: 40 }
const storable = fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed() && !text.includes('\0'))

test('texts come through as they are, null ones, empty ones and astral characters too', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.option(storable)), async (texts) => {
      expect(await readBack('text', textArray(texts))).toEqual(texts)
    }),
    runs,
  )
})

test('numbers come through to their limits', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer()), fc.array(fc.maxSafeInteger()), async (small, large) => {
      expect(await readBack('int', intArray(small))).toEqual(small)
      expect(await readBack('bigint', idArray(large.map(String)))).toEqual(large.map(String))
    }),
    runs,
  )
  expect(() => idArray(['9007199254740993'])).toThrow('no id')
  expect(() => idArray(['x'])).toThrow('no id')
})

test('keys of eight bytes come through as the numbers that they are', async () => {
  const keys = fc.array(fc.uint8Array({ minLength: 8, maxLength: 8 }))
  await fc.assert(
    fc.asyncProperty(keys, async (bytes) => {
      const hexadecimal = bytes.map((one) => Buffer.from(one).toString('hex'))
      const numbers = bytes.map((one) => Buffer.from(one).readBigInt64BE().toString())
      expect(await readBack('bigint', keyArray(hexadecimal))).toEqual(numbers)
    }),
    runs,
  )
})

test('bytes and truth values come through', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array()), fc.array(fc.boolean()), async (bytes, truths) => {
      expect(
        await readBack('bytea', byteaArray(bytes.map((one) => Buffer.from(one).toString('hex')))),
      ).toEqual(bytes.map((one) => Buffer.from(one)))
      expect(await readBack('bool', boolArray(truths))).toEqual(truths)
    }),
    runs,
  )
})

test('times come through to the millisecond, from the year 1 to 9999', async () => {
  const time = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  await fc.assert(
    fc.asyncProperty(fc.array(fc.option(time)), async (times) => {
      const { rows } = await pool.query<{ ms: string | null }>(
        `select (extract(epoch from at) * 1000)::bigint::text as ms from unnest($1::timestamptz[]) as at`,
        [timestampArray(times)],
      )
      expect(rows.map(({ ms }) => ms)).toEqual(times.map((at) => at && String(at.getTime())))
    }),
    runs,
  )
})
