import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { measure, type Measured } from '../../src/cli/measure.ts'
import { startDaemon, type Daemon } from '../../src/pipeline/daemon.ts'
import { beat } from '../../src/store/processes.ts'
import { buildHealthServer } from '../../src/web/metrics.ts'
import { startFeedServer, type FeedServer } from '../support/feed-server.ts'
import { rss } from '../support/feed-text.ts'
import { startReceiver, type Receiver } from '../support/receiver.ts'
import { webhook } from '../support/alerts.ts'
import { testConfig, testSystem, type TestSystem } from '../support/system.ts'

let server: FeedServer
let receiver: Receiver
let system: TestSystem
let measured: Measured
let daemon: Daemon

beforeAll(async () => {
  server = await startFeedServer()
  receiver = await startReceiver()
  const at = new Date(Date.now() - 60_000)
  server.set('/feed', {
    body: rss([
      { id: '1', title: 'Acme releases Zeppelin 9', link: 'https://acme.com/1', at },
      { id: '2', title: 'Nothing of interest', link: 'https://acme.com/2', at },
    ]),
    etag: '"1"',
  })
  const item = (await testConfig()).watchItems[0]
  if (item === undefined) throw new Error('the shipped configuration has no question')
  system = await testSystem({
    config: await testConfig({
      feeds: [{ url: `${server.url}/feed`, every: 1000 }, { url: `${server.url}/broken` }],
      channels: [webhook('hook', receiver.url)],
      watchItems: [
        {
          ...item,
          id: 'zeppelin',
          question: 'When will Acme release Zeppelin 9?',
          subject: ['Zeppelin 9'],
          context: [],
          about: [],
          official: ['acme.com'],
          status: 'open',
          expected: null,
          since: new Date('2020-01-01'),
        },
      ],
    }),
  })
  measured = measure(system, 'worker', () => null)
  daemon = await startDaemon({
    ...system,
    observer: measured.metrics.observer,
    concurrency: 2,
    every: '* * * * * *',
    graceMs: 15_000,
  })
  await beat(
    system.db.pool,
    { id: 'a', kind: 'worker', host: 'alpha', pid: 1, version: '0' },
    { page: null, metrics: null, trouble: null, pools: [] },
  )
})

afterAll(async () => {
  await daemon.stop()
  await system.end()
  await server.close()
  await receiver.close()
})

/** The samples of the text by name with labels. */
async function samples(): Promise<Map<string, number>> {
  const lines = (await measured.metrics.text())
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
  )
}

test('what the process does is counted, from the poll to the delivery', async () => {
  const end = performance.now() + 20_000
  while (
    (await samples()).get('openwatch_polls_total{outcome="unchanged"}') === undefined ||
    // the try is counted when it is over, shortly after the receiver has it
    (await samples()).get('openwatch_deliveries_total{channel="hook",outcome="sent"}') === undefined
  ) {
    if (performance.now() > end) throw new Error(await measured.metrics.text())
    await sleep(200)
  }
  const read = await samples()
  const counted = (name: string) => read.get(`openwatch_${name}`)
  expect(counted('polls_total{outcome="new"}')).toBe(1)
  expect(counted('polls_total{outcome="refused"}')).toBe(1)
  expect(counted('entries_total')).toBe(2)
  expect(counted('matches_total')).toBe(1)
  expect(counted('claims_total{decision="status-changed"}')).toBe(1)
  expect(counted('status_changes_total{kind="status-changed",to="happened"}')).toBe(1)
  // there before its first one, which would show no increase otherwise
  expect(counted('status_changes_total{kind="status-changed",to="cancelled"}')).toBe(0)
  expect(counted('deliveries_total{channel="hook",outcome="sent"}')).toBe(1)
  expect(counted('poll_seconds_count')).toBeGreaterThanOrEqual(3)
  expect(counted('database_statements_total')).toBeGreaterThan(10)
  expect(counted('database_seconds_total')).toBeGreaterThan(0)
})

test('what hubs deliver is counted, and what it brought beside what polls bring', async () => {
  const { pushed } = measured.metrics.observer
  const before = (await samples()).get('openwatch_entries_total') ?? 0
  const claims = { unchanged: 1 }
  pushed({
    kind: 'ingested',
    ingested: { newEntries: 2, newRevisions: 0, matches: 1, claims, changes: [] },
  })
  pushed({ kind: 'ignored', reason: 'signed wrongly' })
  const read = await samples()
  expect(read.get('openwatch_pushes_total{outcome="ingested"}')).toBe(1)
  expect(read.get('openwatch_pushes_total{outcome="ignored"}')).toBe(1)
  expect(read.get('openwatch_entries_total')).toBe(before + 2)
})

test('how all processes stand is read from the database', async () => {
  const read = await samples()
  expect(read.get('openwatch_processes{kind="worker",state="alive"}')).toBe(1)
  expect(read.get('openwatch_queue_depth{channel="hook"}')).toBe(0)
  expect(read.get('openwatch_schedule_lag_seconds')).toBeLessThan(5)
  expect(read.get('openwatch_build_info{version="0.1.0",kind="worker"}')).toBe(1)
  expect([...read.keys()].join('\n')).toMatch(/^nodejs_eventloop_lag_p99_seconds$/m)
})

test('the small server has metrics and health, and nothing else', async () => {
  let reason: string | null = null
  const app = buildHealthServer({
    installation: 'x',
    notReady: () => Promise.resolve(reason),
    metrics: measured.metrics,
  })
  const metrics = await app.inject('/metrics')
  expect(metrics.headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/)
  expect(metrics.body).toContain('# HELP openwatch_polls_total')
  expect((await app.inject('/healthz')).json()).toEqual({
    status: 'ok',
    program: 'openwatch',
    installation: 'x',
  })
  expect((await app.inject('/readyz')).statusCode).toBe(200)
  reason = 'the queue is stuck'
  const unready = await app.inject('/readyz')
  expect(unready.statusCode).toBe(503)
  expect(unready.json()).toEqual({ status: 'not ready', reason })
  expect((await app.inject('/')).statusCode).toBe(404)
  await app.close()
})
