import { afterAll, beforeAll, expect, test } from 'vitest'
import { countRows, testConfig, testSystem, type TestSystem } from '../../support/system.ts'
import { startApi, type ApiServer } from './api-server.ts'

const day = 86_400_000
let now = new Date('2025-09-01T08:00:00Z')
let system: TestSystem
let api: ApiServer

beforeAll(async () => {
  system = await testSystem({ config: await testConfig({ watchItems: [] }), clock: { now: () => now } })
  api = await startApi(system)
})

afterAll(async () => {
  await api.close()
  await system.end()
})

const add = (question: string, key: string, authorization = '') =>
  api.ask('POST', '/items', {
    headers: { 'idempotency-key': key, ...(authorization !== '' && { authorization }) },
    payload: { question, subject: ['Falcon 3'] },
  })

test('the same key and body are done once and answered alike', async () => {
  const first = await add('Will Falcon 3 fly?', 'one')
  const again = await add('Will Falcon 3 fly?', 'one')
  expect([first.statusCode, again.statusCode]).toEqual([201, 201])
  expect(again.body).toBe(first.body)
  expect(again.headers.location).toBe('/api/v1/items/will-falcon-3-fly')
  expect(again.headers['idempotency-replayed']).toBe('true')
  expect(first.headers['idempotency-replayed']).toBeUndefined()
  expect(await countRows(system.db, 'watch_item')).toBe(1)
})

test('the same key with another body, or another address, is refused', async () => {
  const other = await add('Will Falcon 3 crash?', 'one')
  expect(other.statusCode).toBe(422)
  const elsewhere = await api.ask('POST', '/items/will-falcon-3-fly/pause', {
    headers: { 'idempotency-key': 'one' },
  })
  expect(elsewhere.statusCode).toBe(422)
  expect(await countRows(system.db, 'watch_item')).toBe(1)
})

test('sent ten times at once, it is done once, and the others wait or get the same', async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, () => add('Will Falcon 3 land?', 'many')))
  expect(new Set(answers.map(({ statusCode }) => statusCode)).size).toBeLessThanOrEqual(2)
  for (const { statusCode } of answers) expect([201, 409]).toContain(statusCode)
  expect(answers.some(({ statusCode }) => statusCode === 201)).toBe(true)
  expect(await countRows(system.db, 'watch_item')).toBe(2)
})

test('what cannot be taken is answered alike, too; what was wrong before that is not kept', async () => {
  for (const key of ['bad key', 'bad key']) expect((await add('Will it?', key)).statusCode).toBe(400)
  const taken = {
    headers: { 'idempotency-key': 'taken' },
    payload: { question: 'Q?', subject: ['S'], id: 'will-falcon-3-fly' },
  }
  const first = await api.ask('POST', '/items', taken)
  const again = await api.ask('POST', '/items', taken)
  expect([first.statusCode, again.statusCode, again.body]).toEqual([409, 409, first.body])
})

test('a request whose process died may be done again after five minutes', async () => {
  await system.db.pool.query(`update idempotency_key set answer = null where key = 'taken'`)
  const asked = {
    headers: { 'idempotency-key': 'taken' },
    payload: { question: 'Q?', subject: ['S'], id: 'will-falcon-3-fly' },
  }
  const early = await api.ask('POST', '/items', asked)
  expect(early.headers['retry-after']).toBe('1')
  now = new Date(now.getTime() + 301_000)
  const late = await api.ask('POST', '/items', asked)
  expect(late.json<{ detail: string }>().detail).toContain('is free')
})

test('after a day a key is forgotten', async () => {
  now = new Date(now.getTime() + day + 1000)
  const answer = await add('Will Falcon 3 fly?', 'one')
  expect(answer.headers['idempotency-replayed']).toBeUndefined()
  // it is done anew, and the question is there already
  expect(answer.json()).toMatchObject({ status: 409, detail: expect.stringContaining('already') as string })
  expect(await countRows(system.db, 'idempotency_key')).toBe(1)
})
