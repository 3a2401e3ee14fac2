import { afterAll, beforeAll, expect, test } from 'vitest'
import { Validator } from '@seriousme/openapi-schema-validator'
import { startFeedServer, type FeedServer } from '../../support/feed-server.ts'
import { rss } from '../../support/feed-text.ts'
import { addTestFeed } from '../../support/stored-feed.ts'
import { falcon } from '../../support/falcon.ts'
import { testConfig, testSystem, type TestSystem } from '../../support/system.ts'
import { startApi, type ApiServer } from './api-server.ts'

const begun = new Date('2025-09-01T08:00:00Z')
let now = begun
let system: TestSystem
let feeds: FeedServer
let api: ApiServer

beforeAll(async () => {
  const since = new Date('2025-01-01T00:00:00Z')
  const config = await testConfig({
    watchItems: [
      { ...falcon(since), file: 'test', sinceGiven: true },
      ...['eagle', 'heron'].map((id) => ({
        ...falcon(since, { id, subject: [id], question: `Will ${id} <b>fly</b>?`, topic: 'birds' }),
        ...{ file: 'test', sinceGiven: true },
      })),
    ],
  })
  system = await testSystem({ config, clock: { now: () => now } })
  feeds = await startFeedServer()
  feeds.set('/feed.xml', {
    body: rss([
      {
        id: '1',
        title: 'Acme will release Falcon 3 in October 2025',
        link: 'https://acme.com/1',
        at: new Date('2025-08-30T10:00:00Z'),
      },
    ]),
  })
  const feed = await addTestFeed(system, `${feeds.url}/feed.xml`, now)
  await system.pollFeed(feed)
  api = await startApi(system)
})

afterAll(async () => {
  await api.close()
  await feeds.close()
  await system.end()
})

test('the document is valid OpenAPI 3.1, and every answer is described', async () => {
  const checked = await new Validator().validate(
    structuredClone(api.document) as unknown as Record<string, unknown>,
  )
  expect(checked.errors ?? []).toEqual([])
  expect(checked.valid).toBe(true)
  expect(api.document.openapi).toMatch(/^3\.1/)
  for (const [path, operations] of Object.entries(api.document.paths))
    for (const [method, operation] of Object.entries(operations)) {
      expect(operation.summary, `${method} ${path}`).toBeTruthy()
      expect(operation.tags, `${method} ${path}`).toHaveLength(1)
      expect(Object.keys(operation.responses)).toContain('4XX')
    }
})

test('a question is told in full, with evidence and window', async () => {
  const answer = await api.ask('GET', '/items/falcon')
  expect(answer.statusCode).toBe(200)
  expect(answer.json()).toMatchObject({
    status: 'announced',
    expected: { from: '2025-10-01', to: '2025-10-31', granularity: 'month', words: 'in October 2025' },
    evidence: [{ outlet: 'acme.com', quote: 'Acme will release Falcon 3 in October 2025' }],
    changes: [{ sequence: 1, from: 'open', to: 'announced', at: '2025-08-30T10:00:00.000Z' }],
  })
  expect(answer.headers['content-type']).toBe('application/json; charset=utf-8')
})

test('who has an answer already is told that nothing changed', async () => {
  for (const path of ['/items/falcon', '/report', '/items', '/openapi.json']) {
    const first = await api.ask('GET', path)
    now = new Date(now.getTime() + 1000)
    const again = await api.ask('GET', path, { headers: { 'if-none-match': String(first.headers.etag) } })
    expect([path, again.statusCode, again.body]).toEqual([path, 304, ''])
  }
})

test('lists come in parts, by cursor and by link', async () => {
  const first = await api.ask('GET', '/items?limit=2')
  const { data, next } = first.json<{ data: { id: string }[]; next: string }>()
  expect(data.map(({ id }) => id)).toEqual(['eagle', 'falcon'])
  expect(first.headers.link).toContain(`cursor=${next}>; rel="next"`)
  const second = await api.ask('GET', `/items?limit=2&cursor=${next}`)
  expect(second.json()).toMatchObject({ data: [{ id: 'heron' }], next: null })
  expect((await api.ask('GET', '/items?topic=birds&q=EAG')).json()).toMatchObject({ data: [{ id: 'eagle' }] })
})

test('a cursor that is none, or of another list, is refused', async () => {
  const { next } = (await api.ask('GET', '/items?limit=1')).json<{ next: string }>()
  for (const path of [`/changes?cursor=${next}`, '/items?cursor=xyz', '/items?cursor=', '/items?limit=0']) {
    const answer = await api.ask('GET', path)
    expect([path, answer.statusCode]).toEqual([path, 400])
    expect(answer.headers['content-type']).toBe('application/problem+json')
    expect(answer.json()).toMatchObject({ type: 'urn:openwatch:problem:bad-request', status: 400 })
  }
})

test('changes are told since a time, with their question', async () => {
  const answer = await api.ask('GET', '/changes?since=2025-09-01&order=oldest')
  expect(answer.json()).toMatchObject({
    data: [{ itemId: 'falcon', question: 'When will Acme release Falcon 3?', to: 'announced' }],
    next: null,
  })
  expect((await api.ask('GET', '/changes?since=2025-09-02')).json()).toEqual({ data: [], next: null })
})

test('the report comes as JSON, or as Markdown where that is asked for', async () => {
  expect((await api.ask('GET', '/report')).json()).toMatchObject({ feeds: { total: 1, healthy: 1 } })
  const text = await api.ask('GET', '/report', { headers: { accept: 'text/markdown' } })
  expect(text.headers['content-type']).toBe('text/markdown; charset=utf-8')
  expect(text.body).toContain('When will Acme release Falcon 3?')
})

test('what is not there, and what an address does not do, is a problem', async () => {
  for (const [method, path, status] of [
    ['GET', '/items/unknown', 404],
    ['GET', '/nothing', 404],
    ['PUT', '/items', 405],
    ['DELETE', '/report', 405],
  ] as const) {
    const answer = await api.app.inject({ method, url: `/api/v1${path}` })
    expect([path, answer.statusCode]).toEqual([path, status])
    expect(answer.headers['content-type']).toBe('application/problem+json')
    expect(answer.json()).toMatchObject({ status })
  }
  const away = await api.app.inject('/api/v2/x')
  expect(away.json()).toMatchObject({ status: 404 })
})
