import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startFeedServer, type FeedServer } from '../../support/feed-server.ts'
import { rss } from '../../support/feed-text.ts'
import { addTestFeed } from '../../support/stored-feed.ts'
import { falcon } from '../../support/falcon.ts'
import { testConfig, testSystem, type TestSystem } from '../../support/system.ts'
import { startApi, type ApiServer, type Method } from './api-server.ts'
import { addressFor, mostly, operationsOf, valueFor, type Schema } from './hostile-requests.ts'

const now = new Date('2025-09-01T08:00:00Z')
const shown = '/api/v1'

let system: TestSystem
let feeds: FeedServer
let api: ApiServer

beforeAll(async () => {
  system = await testSystem({
    config: await testConfig({
      watchItems: [{ ...falcon(new Date('2025-01-01')), file: 'test', sinceGiven: true }],
    }),
    clock: { now: () => now },
  })
  feeds = await startFeedServer()
  feeds.set('/feed.xml', {
    body: rss([{ id: '1', title: 'Acme will release Falcon 3 in October 2025', at: now }]),
  })
  await system.pollFeed(await addTestFeed(system, `${feeds.url}/feed.xml`, now))
  api = await startApi(system)
})

afterAll(async () => {
  await api.close()
  await feeds.close()
  await system.end()
})

/** What an answer to anything must be: no fault of ours, and a problem where it is none that was asked for. */
function expectFair(
  answer: { statusCode: number; headers: Record<string, unknown>; body: string },
  what: string,
): void {
  expect(api.faults, what).toEqual([])
  expect(answer.statusCode, `${what}: ${answer.body.slice(0, 300)}`).toBeLessThan(500)
  if (answer.statusCode < 400) return
  expect(String(answer.headers['content-type']), what).toMatch(/^application\/problem\+json/)
  const problem = JSON.parse(answer.body) as { status: number; title: string; detail: string; type: string }
  expect(problem.status, what).toBe(answer.statusCode)
  expect(problem.type).toMatch(/^urn:openwatch:problem:/)
  expect(problem.detail.length, what).toBeGreaterThan(0)
}

const operations = () => operationsOf(api.document)

/** Some would only wait for other machines, or do the same at length. */
const runsOf = (path: string) => (/look-up|\/poll$|\/test$/.test(path) ? 8 : 25)

describe('every route of the document', () => {
  test('takes hostile input without a fault, and tells it as a problem', { timeout: 300_000 }, async () => {
    expect(operations().length).toBeGreaterThan(30)
    for (const [path, method, operation] of operations()) {
      const content = operation.requestBody?.content ?? {}
      const schema = content['application/json']?.schema as Schema | undefined
      const body = schema === undefined ? fc.constant(undefined) : mostly(valueFor(schema, api.document))
      await fc.assert(
        fc.asyncProperty(addressFor(path, operation, api.document), body, async (address, payload) => {
          const answer = await api.ask(method.toUpperCase() as Method, address.replace(shown, ''), {
            ...(payload !== undefined && {
              payload: JSON.stringify(payload),
              headers: { 'content-type': 'application/json' },
            }),
          })
          expectFair(
            answer,
            `${method} ${address.slice(0, 200)} ${JSON.stringify(payload ?? null).slice(0, 300)}`,
          )
        }),
        { numRuns: runsOf(path), seed: 7, endOnFailure: true },
      )
    }
  })

  test('refuses what is no JSON, too large, too deep, or of another kind', async () => {
    for (const [path, method, operation] of operations()) {
      const url = path.replaceAll(/\{\w+\}/g, '1')
      const ask = (payload: string | Buffer, type: string) =>
        api.app.inject({
          method: method.toUpperCase() as Method,
          url,
          payload,
          headers: { 'content-type': type },
        })
      if (['get', 'delete'].includes(method)) continue
      const isList = operation.requestBody === undefined && path.endsWith('/opml')
      const cases: [string | Buffer, string, number[]][] = [
        ['{"question":', 'application/json', isList ? [415] : [400]],
        ['{"__proto__":{"a":1}}', 'application/json', isList ? [415] : [400]],
        ['{"a":"\\u0000"}', 'application/json', isList ? [415] : [400]],
        ['{"a":"\\ud800"}', 'application/json', isList ? [415] : [400]],
        [`${'['.repeat(50_000)}${']'.repeat(50_000)}`, 'application/json', isList ? [415] : [400]],
        [JSON.stringify({ a: 'x'.repeat(300_000) }), 'application/json', isList ? [415] : [413]],
        ['a=1', 'application/x-www-form-urlencoded', [415]],
        ['x', 'text/plain', [415]],
        ['x', 'no type at all', [415]],
        [Buffer.alloc(6_000_000), 'text/xml', isList ? [413] : [415, 413]],
      ]
      for (const [payload, type, wanted] of cases) {
        const answer = await ask(payload, type)
        const what = `${method} ${path} with ${type} ${payload.slice(0, 30).toString()}`
        expectFair(answer, what)
        expect(wanted, `${what}: ${answer.body}`).toContain(answer.statusCode)
      }
    }
  })

  test('refuses every method that it does not have', async () => {
    const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const
    for (const [path, all] of Object.entries(api.document.paths))
      for (const method of methods.filter((one) => !(one.toLowerCase() in all))) {
        const answer = await api.app.inject({ method, url: path.replaceAll(/\{\w+\}/g, '1') })
        expectFair(answer, `${method} ${path}`)
        expect([405, 404], `${method} ${path}`).toContain(answer.statusCode)
        if (answer.statusCode === 405) expect(answer.headers.allow).toBeTruthy()
      }
  })
})

test('addresses that cannot be read, and headers that make no sense, are the asker’s mistake', async () => {
  for (const url of [
    '/api/v1/%ff',
    '/api/v1/items/%',
    '/api/v1/items/%00',
    '/api/v1//items',
    '/api/v1/items/../settings',
    `/api/v1/items/${'x'.repeat(5000)}`,
  ])
    expectFair(await api.app.inject({ method: 'GET', url }), url)
  for (const headers of [
    { accept: '\u00ff,*/*;q=x' },
    { 'if-none-match': '"'.repeat(1000) },
    { 'if-match': 'W/"x"' },
    { 'idempotency-key': 'x'.repeat(5000) },
    { range: 'bytes=0-1' },
  ])
    for (const [path, method] of [
      ['/items', 'GET'],
      ['/items/falcon/definition', 'PATCH'],
      ['/alerts/retry', 'POST'],
    ] as const)
      expectFair(
        await api.app.inject({
          method,
          url: `/api/v1${path}`,
          headers,
          ...(method !== 'GET' && { payload: { all: true } }),
        }),
        `${method} ${path} ${JSON.stringify(headers).slice(0, 80)}`,
      )
})
