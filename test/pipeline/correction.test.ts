import { once } from 'node:events'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { rejectChange, takeBackRejection } from '../../src/pipeline/reject.ts'
import { listDeliveries, retryDeliveries } from '../../src/store/deliveries.ts'
import { findFeed, putFeed } from '../../src/store/feeds.ts'
import { webhook } from '../support/alerts.ts'
import { startFeedServer, type FeedServer } from '../support/feed-server.ts'
import { rss } from '../support/feed-text.ts'
import { startReceiver, type Receiver } from '../support/receiver.ts'
import { testConfig, testSystem, type TestSystem } from '../support/system.ts'

/** A receiver that takes what it is sent and does not answer before it is told to. */
interface SlowReceiver {
  readonly server: Server
  readonly kinds: string[]
  readonly waiting: ServerResponse[]
}

const hour = 3_600_000

let now: Date
let feeds: FeedServer
let good: Receiver
let down: Receiver
let slow: SlowReceiver
let system: TestSystem

beforeEach(async () => {
  now = new Date()
  feeds = await startFeedServer()
  good = await startReceiver()
  down = await startReceiver()
  down.answer = { status: 503 }
  slow = await startSlow()
  const { port } = slow.server.address() as AddressInfo
  const config = await testConfig({
    channels: [
      webhook('good', good.url),
      webhook('down', down.url),
      webhook('slow', `http://127.0.0.1:${port}/`, { timeout: 30_000 }),
    ],
    watchItems: [
      {
        ...{ id: 'falcon', question: 'When will Acme release Falcon 3?', subject: ['Falcon 3'], context: [] },
        ...{ about: [], kind: 'release', topic: 'rockets', official: ['acme.com'], status: 'open' },
        ...{ expected: null, since: new Date(now.getTime() - 720 * hour), file: 'test', sinceGiven: true },
      },
    ],
  })
  const server = { ...config.server, publicUrl: 'https://watch.example.org' }
  system = await testSystem({ config: { ...config, server }, clock: { now: () => now } })
  feeds.set('/feed', {
    body: rss([
      {
        id: '1',
        title: 'Acme releases Falcon 3',
        link: 'https://acme.com/1',
        at: new Date(now.getTime() - hour),
      },
    ]),
  })
  const id = await putFeed(
    system.db.pool,
    { url: `${feeds.url}/feed`, title: null, homeUrl: null, outlet: null, topic: null, everyMs: null },
    { origin: 'user', now },
  )
  const feed = await findFeed(system.db, id)
  if (feed === null) throw new Error('the feed is gone')
  await system.pollFeed(feed)
})

afterEach(async () => {
  slow.server.closeAllConnections()
  slow.server.close()
  await system.end()
  await Promise.all([feeds.close(), good.close(), down.close()])
})

async function startSlow(): Promise<SlowReceiver> {
  const kinds: string[] = []
  const waiting: ServerResponse[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (text: string) => (body += text))
    request.on('end', () => {
      kinds.push((JSON.parse(body) as { type: string }).type)
      waiting.push(response)
      server.emit('came')
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { server, kinds, waiting }
}

const drain = (channel: string) => system.deliveries.drain(channel, () => undefined)
const kindsAt = ({ received }: Receiver) => received.map(({ body }) => (body as { type: string }).type)
const options = () => ({ config: system.config(), now, reportUrl: system.reportUrl })

async function reject(): Promise<void> {
  const wrong = { itemId: 'falcon', sequence: null, reason: 'not-said', note: null, via: 'cli' } as const
  const { kind } = await system.db.transaction((tx) => rejectChange(tx, wrong, options()))
  expect(kind).toBe('rejected')
}

test('who was told is told of the correction, also who was just being told; who could not be reached hears nothing at all', async () => {
  await drain('good')
  await drain('down')
  const came = once(slow.server, 'came')
  const draining = drain('slow')
  await came
  await reject()
  slow.waiting.shift()?.writeHead(204).end()
  await once(slow.server, 'came')
  slow.waiting.shift()?.writeHead(204).end()
  await draining
  down.answer = { status: 204 }
  now = new Date(now.getTime() + hour)
  for (const channel of ['good', 'down', 'slow']) await drain(channel)
  expect(kindsAt(good)).toEqual(['alert.status-changed', 'alert.corrected'])
  expect(slow.kinds).toEqual(['alert.status-changed', 'alert.corrected'])
  // the one try that it refused
  expect(kindsAt(down)).toEqual(['alert.status-changed'])
  expect(good.received[1]?.body).toMatchObject({
    data: { from: 'happened', to: 'open', reason: 'rejected: not said' },
  })
})

test('taken back before it went out, it goes out once, as if nothing had been', async () => {
  await reject()
  await drain('good')
  expect(good.received).toHaveLength(0)
  await system.db.transaction((tx) => takeBackRejection(tx, { itemId: 'falcon', sequence: null }, options()))
  await drain('good')
  expect(kindsAt(good)).toEqual(['alert.status-changed'])
})

test('what a channel refused is not told by a retry after it was rejected, and can be told once that is taken back', async () => {
  down.answer = { status: 401 }
  await drain('down')
  down.answer = { status: 204 }
  const [dead] = await listDeliveries(system.db.pool, 10, { channel: 'down' })
  expect(dead?.state).toBe('dead')
  const retry = () => system.db.transaction((tx) => retryDeliveries(tx, [dead?.id ?? ''], now))
  await reject()
  expect(await retry()).toBe(0)
  await drain('down')
  expect(kindsAt(down)).toHaveLength(1)
  expect(await listDeliveries(system.db.pool, 10, { channel: 'down' })).toMatchObject([
    { state: 'withdrawn' },
  ])

  await system.db.transaction((tx) => takeBackRejection(tx, { itemId: 'falcon', sequence: null }, options()))
  await drain('down')
  expect(kindsAt(down)).toHaveLength(1)
  expect(await retry()).toBe(1)
  await drain('down')
  expect(kindsAt(down)).toEqual(['alert.status-changed', 'alert.status-changed'])
})

test('an alert carries the links to answer it by, the same at every try', async () => {
  await drain('down')
  now = new Date(now.getTime() + hour)
  down.answer = { status: 204 }
  await drain('down')
  const [first, second] = down.received.map(({ body }) => body as { data: { actions: { url: string }[] } })
  expect(second).toEqual(first)
  expect(first?.data.actions.map(({ url }) => url)).toHaveLength(4)
  const [token] =
    first?.data.actions.map(({ url }) => url.split('https://watch.example.org/act/')[1] ?? '') ?? []
  expect(await system.links.look(token ?? '')).toMatchObject({ kind: 'open', action: 'acknowledge' })
})
