import { afterAll, beforeAll, expect, test } from 'vitest'
import { startFeedServer, type FeedServer } from '../../support/feed-server.ts'
import { rss } from '../../support/feed-text.ts'
import { testConfig, testSystem, type TestSystem } from '../../support/system.ts'
import { startApi, type ApiServer, type Method } from './api-server.ts'

const now = new Date('2025-09-01T08:00:00Z')
let system: TestSystem
let feeds: FeedServer
let api: ApiServer

beforeAll(async () => {
  system = await testSystem({ config: await testConfig({ watchItems: [] }), clock: { now: () => now } })
  feeds = await startFeedServer()
  feeds.set('/feed.xml', {
    body: rss([
      {
        id: '1',
        title: 'Acme will release Falcon 3 in October 2025',
        link: 'https://acme.com/1',
        at: new Date('2025-08-30'),
      },
      { id: '2', title: 'Falcon 3 is a bird', link: 'https://birds.example/2', at: new Date('2025-08-31') },
    ]),
  })
  api = await startApi(system)
})

afterAll(async () => {
  await api.close()
  await feeds.close()
  await system.end()
})

/** Asks, and expects the status. */
async function ask<T = Record<string, unknown>>(
  [method, path, status]: readonly [Method, string, number],
  payload?: object,
  headers: Record<string, string> = {},
): Promise<T> {
  const answer = await api.ask(method, path, { headers, ...(payload && { payload }) })
  expect([path, answer.statusCode, answer.body]).toEqual([path, status, answer.body])
  return answer.body === '' ? ({} as T) : answer.json<T>()
}

test('a feed is looked up, added, polled, paused, exchanged and removed', async () => {
  const what = `${feeds.url}/feed.xml`
  expect(await ask(['POST', '/feeds/look-up', 200], { what })).toMatchObject({
    feed: { entries: 2, format: 'rss' },
    links: [],
  })
  const { added } = await ask<{ added: { id: string }[] }>(['POST', '/feeds', 201], {
    what,
    topic: 'rockets',
  })
  const id = added[0]?.id ?? ''
  await ask(['POST', '/feeds', 409], { what })
  expect(await ask(['POST', '/feeds', 422], { what: 'nothing at all', every: 'often' })).toMatchObject({
    errors: [{ pointer: '/what' }, { pointer: '/every' }],
  })
  expect(await ask(['POST', `/feeds/${id}/poll`, 200])).toMatchObject({ outcome: 'new', newEntries: 2 })
  expect(await ask(['POST', `/feeds/${id}/test`, 200])).toMatchObject({ feed: { entries: 2 } })
  expect(await ask(['POST', `/feeds/${id}/pause`, 200])).toMatchObject({ state: 'paused' })
  expect(await ask(['POST', `/feeds/${id}/resume`, 200])).toMatchObject({ state: 'healthy' })
  const list = await api.ask('GET', '/feeds/opml')
  expect(list.headers['content-type']).toBe('text/x-opml; charset=utf-8')
  const sent = { payload: list.body, headers: { 'content-type': 'text/x-opml' } }
  expect((await api.ask('POST', '/feeds/opml', sent)).json()).toMatchObject({ added: [], known: 1 })
  expect((await api.ask('POST', '/feeds/opml', { ...sent, payload: '<opml/>' })).statusCode).toBe(422)
  expect(await ask(['GET', '/feeds?topic=rockets', 200])).toMatchObject({ data: [{ id, topic: 'rockets' }] })
})

test('a question is proposed, previewed, added, edited with a check, paused and removed, with its history', async () => {
  const wish = {
    question: 'When will Acme release Falcon 3?',
    subject: ['Falcon 3'],
    official: ['acme.com'],
    since: 'stored',
  }
  const { question, subject, official } = wish
  expect(await ask(['POST', '/proposals', 200], { question })).toMatchObject({
    subject: [{ value: 'Falcon 3' }],
  })
  expect(await ask(['POST', '/preview', 200], { question, subject, official })).toMatchObject({
    ...{ entries: 2, matches: 2, status: 'announced' },
    changes: [{ from: 'open', to: 'announced', outlet: 'acme.com' }],
  })
  expect(
    await ask(['POST', '/items', 422], { question: '', subject: ['the'], kind: 'relaese' }),
  ).toMatchObject({
    errors: expect.arrayContaining([
      { pointer: '/subject', detail: expect.stringContaining('names no subject') as string },
    ]) as unknown,
  })
  const { id } = await ask<{ id: string }>(['POST', '/items', 201], wish)
  expect(await ask(['GET', `/items/${id}`, 200])).toMatchObject({ status: 'announced' })
  const definition = await api.ask('GET', `/items/${id}/definition`)
  const tag = String(definition.headers.etag)
  const path = `/items/${id}/definition`
  expect(await ask(['PATCH', path, 200], { topic: 'rockets' }, { 'if-match': tag })).toMatchObject({
    topic: 'rockets',
  })
  await ask(['PATCH', path, 412], { topic: 'planes' }, { 'if-match': tag })
  await ask(['PATCH', path, 422], {})
  expect(await ask(['POST', `/items/${id}/pause`, 200])).toMatchObject({ state: 'paused' })
  expect(await ask(['POST', `/items/${id}/resume`, 200])).toMatchObject({ state: 'watching' })
  expect(await ask(['GET', `/items/${id}/edits`, 200])).toMatchObject({
    data: [
      { what: 'resumed' },
      { what: 'paused' },
      { what: 'edited', changes: [{ field: 'topic', after: 'rockets' }] },
      { what: 'added', via: 'api' },
    ],
  })
  expect(await ask(['DELETE', `/items/${id}`, 200])).toMatchObject({ state: 'retired' })
  expect(await ask(['GET', '/items', 200])).toMatchObject({ data: [] })
  await ask(['POST', `/items/${id}/resume`, 409])
})

test('a preview is streamed, one step a line', async () => {
  const answer = await api.ask('POST', '/preview', {
    headers: { accept: 'application/x-ndjson' },
    payload: { question: 'When will Acme release Falcon 3?', subject: ['Falcon 3'], official: ['acme.com'] },
  })
  expect(answer.headers['content-type']).toBe('application/x-ndjson')
  const steps = answer.body
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { kind: string })
  expect([...new Set(steps.map(({ kind }) => kind))]).toEqual(['looking', 'judging', 'done'])
  expect(steps.at(-1)).toMatchObject({ preview: { status: 'announced' } })
})

test('people act on a question as on the page: seen, snoozed, muted, wrong and taken back', async () => {
  const question = {
    question: 'Will Falcon 3 come?',
    subject: ['Falcon 3'],
    official: ['acme.com'],
    since: 'stored',
    id: 'falcon',
  }
  await ask(['POST', '/items', 201], question)
  const act = (payload: object, status = 200) => ask(['POST', '/items/falcon/actions', status], payload)
  expect(await act({ action: 'acknowledge' })).toMatchObject({
    item: { wishes: { acknowledgedAt: now.toISOString() } },
  })
  expect(await act({ action: 'snooze', for: '7d' })).toMatchObject({
    item: { wishes: { snoozedUntil: '2025-09-08T08:00:00.000Z' } },
  })
  expect(await act({ action: 'snooze', until: '2025-01-01' }, 422)).toMatchObject({
    errors: [{ pointer: '/until' }],
  })
  expect(await act({ action: 'wake' })).toMatchObject({ item: { wishes: { snoozedUntil: null } } })
  expect(await act({ action: 'mute', outlet: 'birds.example' })).toMatchObject({
    item: { wishes: { muted: ['birds.example'] } },
  })
  expect(await act({ action: 'reject', reason: 'not-said', note: 'it did not' })).toMatchObject({
    ...{ done: 'rejected' },
    item: {
      status: 'open',
      changes: [{ evidence: [{ rejected: { note: 'it did not' } }] }, { kind: 'correction' }],
    },
  })
  await act({ action: 'reject', reason: 'not-said' }, 409)
  expect(await act({ action: 'take-back' })).toMatchObject({
    done: 'taken-back',
    item: { status: 'announced' },
  })
  await act({ action: 'reject', sequence: 99, reason: 'not-said' }, 404)
  await act({ action: 'dance' }, 422)
})

test('entries are searched, part by part, and explained', async () => {
  const first = await ask<{ data: { title: string; items: string[] }[]; next: string }>([
    'GET',
    '/entries?q=falcon&limit=1',
    200,
  ])
  expect(first.data).toMatchObject([{ title: 'Falcon 3 is a bird' }])
  const rest = await ask<{ data: object[] }>(['GET', `/entries?q=falcon&limit=1&cursor=${first.next}`, 200])
  expect(rest.data).toMatchObject([
    { outlet: 'acme.com', items: ['falcon', 'when-will-acme-release-falcon-3'] },
  ])
  expect(await ask(['GET', '/entries?q=%28', 400])).toMatchObject({ errors: [{ pointer: '#query/q' }] })
  expect(
    await ask(['GET', `/explanations?url=${encodeURIComponent('https://acme.com/1')}&item=falcon`, 200]),
  ).toMatchObject({
    data: [
      {
        outlet: 'acme.com',
        items: [{ itemId: 'falcon', matched: true, decided: [{ decision: 'status-changed' }] }],
      },
    ],
  })
})

test('alerts, channels and settings are told without secrets', async () => {
  expect(await ask(['GET', '/alerts', 200])).toEqual({ data: [], next: null })
  expect(await ask(['POST', '/alerts/retry', 200], { all: true })).toEqual({ retried: 0 })
  await ask(['POST', '/alerts/retry', 422], { channel: 'nowhere' })
  await ask(['GET', '/alerts/00000000', 404])
  const { data } = await ask<{ data: { id: string }[] }>(['GET', '/channels', 200])
  expect(await ask(['POST', `/channels/${data[0]?.id}/test`, 200])).toMatchObject({ outcome: 'sent' })
  expect(await ask(['GET', '/settings', 200])).toMatchObject({ server: { port: 8484 } })
  expect(await ask(['GET', '/health', 200])).toEqual({ isReady: true, reason: null })
  expect(await ask(['GET', '/version', 200])).toMatchObject({ program: 'openwatch' })
})

test('the page of the API tells of every operation, escaped and without a script of its own', async () => {
  const page = await api.ask('GET', '/docs')
  expect(page.statusCode).toBe(200)
  const elsewhere = await api.ask('GET', '/docs', { headers: { host: '"><script>alert(1)</script>' } })
  expect([elsewhere.statusCode, elsewhere.headers['content-type']]).toEqual([421, 'application/problem+json'])
  for (const [path, all] of Object.entries(api.document.paths))
    for (const method of Object.keys(all)) expect(page.body).toContain(`Try ${method.toUpperCase()} ${path}`)
  expect(page.body.match(/<script(?! type="module" src="\/assets\/)/g)).toBeNull()
  expect(page.body).not.toMatch(/ style=/)
})
