import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { alertSchema, type Alert } from '../../src/alerts/alert.ts'
import type { WatchItem } from '../../src/matching/watch-item.ts'
import { rejectChange } from '../../src/pipeline/reject.ts'
import { pauseFeed } from '../../src/store/feed-state.ts'
import { findFeed, putFeed } from '../../src/store/feeds.ts'
import { setItemState, snoozeItem } from '../../src/store/watch-items.ts'
import { startFeedServer, type FeedServer } from '../support/feed-server.ts'
import { rss, type TestEntry } from '../support/feed-text.ts'
import { testConfig, testSystem, type TestSystem } from '../support/system.ts'

const minute = 60_000
const day = 86_400_000
const start = new Date('2026-05-01T12:00:00Z')

function watched(id: string, over: Partial<WatchItem> = {}): WatchItem {
  return {
    id,
    question: `When will Acme release ${id}?`,
    ...{ subject: [id], context: [], about: [], kind: 'release', topic: 'rockets', official: ['acme.com'] },
    ...{ status: 'announced', expected: null, since: new Date('2026-01-01T00:00:00Z') },
    ...over,
  }
}

let system: TestSystem
let server: FeedServer
let now: Date

beforeAll(async () => {
  server = await startFeedServer()
})

afterAll(() => server.close())

beforeEach(() => {
  now = start
  return () => system.end()
})

async function watch(...items: readonly WatchItem[]): Promise<void> {
  const watchItems = items.map((item) => ({ ...item, file: 'test', sinceGiven: true }))
  system = await testSystem({ config: await testConfig({ watchItems }), clock: { now: () => now } })
}

/** Looks after the questions once a minute up to a time; tells what was raised when. */
async function attendUntil(end: Date): Promise<[string, string, string][]> {
  const raised: [string, string, string][] = []
  for (; now <= end; now = new Date(now.getTime() + minute))
    for (const { kind, itemId } of await system.attend())
      raised.push([kind, itemId, now.toISOString().slice(5, 16)])
  return raised
}

async function attendAt(time: string): Promise<string[]> {
  now = new Date(time)
  return (await system.attend()).map(({ kind, itemId }) => `${kind} ${itemId}`)
}

async function alerts(): Promise<Alert[]> {
  const { rows } = await system.db.pool.query<{ body: unknown }>(
    'select body from alert order by created_at, key',
  )
  return rows.map(({ body }) => alertSchema.parse(body))
}

async function only<Kind extends Alert['kind']>(kind: Kind): Promise<Extract<Alert, { kind: Kind }>> {
  const found = (await alerts()).filter((alert) => alert.kind === kind)
  expect(found).toHaveLength(1)
  return found[0] as Extract<Alert, { kind: Kind }>
}

async function deliveryStates(): Promise<string[]> {
  const { rows } = await system.db.pool.query<{ line: string }>(
    `select a.kind || ' ' || d.state as line from delivery d join alert a on a.id = d.alert_id order by line`,
  )
  return rows.map(({ line }) => line)
}

async function feedAt(path: string, topic: string | null = null): Promise<number> {
  server.set(path, { body: rss([{ id: path, title: `About ${path}`, at: now }]) })
  const definition = {
    url: server.url + path,
    title: null,
    homeUrl: null,
    outlet: null,
    topic,
    everyMs: null,
  }
  const id = await putFeed(system.db.pool, definition, { origin: 'user', now })
  await poll(id)
  return id
}

async function poll(...ids: readonly number[]): Promise<void> {
  for (const id of ids) {
    const feed = await findFeed(system.db, id)
    if (feed === null) throw new Error('the feed is gone')
    await system.pollFeed(feed)
  }
}

async function fail(...ids: readonly number[]): Promise<void> {
  for (const id of ids) server.set(await pathOf(id), { status: 500 })
  await poll(...ids)
}

async function mend(...ids: readonly number[]): Promise<void> {
  for (const id of ids) server.set(await pathOf(id), { body: rss([{ id: 'new', title: 'New', at: now }]) })
  await poll(...ids)
}

async function pathOf(id: number): Promise<string> {
  return new URL((await findFeed(system.db, id))?.url ?? '').pathname
}

describe('a promise that has passed', () => {
  const falcon = watched('Falcon', { expected: '10 May 2026' })

  test('is told of once, a day after its last day', async () => {
    await watch(falcon)
    const raised = []
    for (const at of ['10T23:59', '11T12:00', '11T23:59', '12T00:00', '12T00:01', '13T00:00', '20T00:00'])
      raised.push(...(await attendAt(`2026-05-${at}:00Z`)).map((what) => `${at} ${what}`))
    expect(raised).toEqual(['12T00:00 overdue Falcon'])
    expect(await only('overdue')).toMatchObject({
      item: { id: 'Falcon', question: 'When will Acme release Falcon?', topic: 'rockets' },
      status: 'announced',
      expected: '10 May 2026',
      promisedUntil: '2026-05-10',
      slippage: ['10 May 2026'],
      reportUrl: expect.stringContaining('/items/Falcon') as string,
    })
    await system.deliveries.drain('console', () => undefined)
    expect(system.written.join('')).toContain('Still announced')
  })

  test('is told of late, when the daemon was off on the day', async () => {
    await watch(falcon)
    expect(await attendAt('2026-06-20T08:00:00Z')).toEqual(['overdue Falcon'])
  })

  test('is told of anew when the next promise passes, too', async () => {
    await watch(falcon)
    expect(await attendAt('2026-05-12T00:00:00Z')).toEqual(['overdue Falcon'])
    await promise('Falcon', '2026-05-31')
    expect(await attendAt('2026-05-20T00:00:00Z')).toEqual([])
    expect(await attendAt('2026-06-02T00:00:00Z')).toEqual(['overdue Falcon'])
    expect((await alerts()).map((alert) => 'promisedUntil' in alert && alert.promisedUntil)).toEqual([
      '2026-05-10',
      '2026-05-31',
    ])
  })

  test('is told of at once when an entry of today names a day that is over', async () => {
    await watch(falcon)
    await attendAt('2026-05-09T12:00:00Z')
    await promise('Falcon', '2026-05-05')
    expect(await attendAt('2026-05-09T12:01:00Z')).toEqual(['overdue Falcon'])
  })

  test.each<[string, Partial<WatchItem>, (() => Promise<unknown>)?]>([
    ['has happened', { status: 'happened' }],
    ['was cancelled', { status: 'cancelled' }],
    ['has no last day', { expected: 'some day' }],
    ['had passed before it was asked', { expected: '28 April 2026' }],
    ['is paused', {}, () => setItemState(system.db.pool, 'Falcon', 'paused', now)],
    [
      'is snoozed until it changes',
      {},
      () => snoozeItem(system.db.pool, 'Falcon', { until: null, toChange: true }),
    ],
  ])('is not told of where the question %s', async (_what, over, prepare) => {
    await watch({ ...falcon, ...over })
    await prepare?.()
    expect(await attendAt('2026-05-12T00:00:00Z')).toEqual([])
    expect(await attendAt('2026-06-12T00:00:00Z')).toEqual([])
  })

  test('is not told of any more when the promise moved while the alert waited to be sent', async () => {
    await watch(falcon)
    expect(await attendAt('2026-05-12T00:00:00Z')).toEqual(['overdue Falcon'])
    await promise('Falcon', '2026-07-31')
    await attendAt('2026-05-12T00:01:00Z')
    expect(await deliveryStates()).toEqual(['overdue withdrawn'])
  })

  /** The question's date moves, as an entry would move it. */
  async function promise(id: string, to: string): Promise<void> {
    const window = { from: to, to, granularity: 'day', text: to }
    await system.db.pool.query(
      `update watch_item set standing = jsonb_set(standing, '{expected}', $2), updated_at = $3 where id = $1`,
      [id, JSON.stringify(window), now],
    )
  }
})

describe('a question whose feeds fail', () => {
  test('is blind after an hour, and sees again a quarter of an hour after they answer', async () => {
    await watch(watched('Falcon'))
    const ids = [await feedAt('/a'), await feedAt('/b'), await feedAt('/c')]
    await attendUntil(new Date('2026-05-01T12:09:00Z'))
    await fail(...ids.slice(0, 2))
    expect(await attendUntil(new Date('2026-05-01T13:30:00Z'))).toEqual([
      ['feed-blind', 'Falcon', '05-01T13:10'],
    ])
    const blind = await only('feed-blind')
    expect(blind).toMatchObject({ status: 'announced', healthy: 1, total: 3 })
    expect(blind.feeds.map(({ url, reason }) => [new URL(url).pathname, reason])).toEqual([
      ['/a', expect.stringContaining('500')],
      ['/b', expect.stringContaining('500')],
    ])
    expect(blind.feeds[0]?.nextTry).toBeInstanceOf(Date)
    await expectReport('2026-05-01T12:10')
    await system.deliveries.drain('console', () => undefined)

    await mend(...ids.slice(0, 1))
    expect(await attendUntil(new Date('2026-05-01T14:30:00Z'))).toEqual([
      ['feed-restored', 'Falcon', '05-01T13:46'],
    ])
    expect(await only('feed-restored')).toMatchObject({
      healthy: 2,
      total: 3,
      blindSince: new Date('2026-05-01T12:10:00Z'),
    })
    await expectReport(null)
    await system.deliveries.drain('console', () => undefined)
    expect(await deliveryStates()).toEqual(['feed-blind sent', 'feed-restored sent'])
  })

  /** The report says the same as the alerts. */
  async function expectReport(blindSince: string | null): Promise<void> {
    const [item] = (await system.report()).items
    expect(item?.sight.blindSince?.toISOString().slice(0, 16) ?? null).toBe(blindSince)
  }

  test('is one alert for each question that depends on them, and none for the others', async () => {
    await watch(watched('Falcon'), watched('Heron'), watched('Law', { topic: 'law' }))
    const rockets = [await feedAt('/r1', 'rockets'), await feedAt('/r2', 'rockets')]
    await feedAt('/law', 'law')
    await attendAt('2026-05-01T12:00:00Z')
    await fail(...rockets)
    expect(await attendUntil(new Date('2026-05-01T15:00:00Z'))).toEqual([
      ['feed-blind', 'Falcon', '05-01T13:00'],
      ['feed-blind', 'Heron', '05-01T13:00'],
    ])
  })

  test('depends on the feeds that brought its matches, not on others', async () => {
    await watch(watched('Falcon'))
    const silent = [await feedAt('/s1'), await feedAt('/s2'), await feedAt('/s3')]
    const brings = await feedAt('/brings')
    server.set('/brings', { body: rss([{ id: 'x', title: 'Acme Falcon in the hangar', at: now }]) })
    await poll(brings)
    await fail(...silent)
    expect(await attendUntil(new Date('2026-05-01T14:00:00Z'))).toEqual([])
    await fail(brings)
    expect(await attendUntil(new Date('2026-05-01T16:00:00Z'))).toHaveLength(1)
    expect(await only('feed-blind')).toMatchObject({ healthy: 0, total: 1 })
  })

  test('is blind, too, when most of its feeds were paused', async () => {
    await watch(watched('Falcon'))
    const ids = [await feedAt('/p1'), await feedAt('/p2'), await feedAt('/p3')]
    for (const id of ids.slice(1)) await pauseFeed(system.db.pool, id)
    expect(await attendUntil(new Date('2026-05-01T14:00:00Z'))).toHaveLength(1)
    expect((await only('feed-blind')).feeds.map(({ reason }) => reason)).toEqual(['paused', 'paused'])
  })

  test('is not blind by what was when the daemon stopped, but by an hour of its own', async () => {
    await watch(watched('Falcon'))
    const ids = [await feedAt('/o1'), await feedAt('/o2')]
    await attendUntil(new Date('2026-05-01T12:30:00Z'))
    await fail(...ids)
    await attendUntil(new Date('2026-05-01T12:35:00Z'))
    now = new Date('2026-05-01T18:00:00Z')
    expect(await attendUntil(new Date('2026-05-01T18:05:00Z'))).toEqual([])
    await mend(...ids)
    expect(await attendUntil(new Date('2026-05-01T20:00:00Z'))).toEqual([])

    await fail(...ids)
    now = new Date('2026-05-02T08:00:00Z')
    expect(await attendUntil(new Date('2026-05-02T10:00:00Z'))).toEqual([
      ['feed-blind', 'Falcon', '05-02T09:00'],
    ])
  })

  test('a restart of the daemon does not begin the hour anew', async () => {
    await watch(watched('Falcon'))
    await fail(await feedAt('/q1'))
    await attendUntil(new Date('2026-05-01T12:50:00Z'))
    now = new Date('2026-05-01T12:55:00Z')
    const other = await system.sibling()
    expect(await other.attend()).toEqual([])
    now = new Date('2026-05-01T13:00:00Z')
    expect(await other.attend()).toEqual([{ kind: 'feed-blind', itemId: 'Falcon' }])
  })

  test('is told of once by any number of processes', async () => {
    await watch(
      watched('Falcon', { expected: '28 February 2026', since: new Date('2026-01-01') }),
      watched('Heron'),
    )
    await fail(await feedAt('/m1'))
    const others = [await system.sibling(), await system.sibling()]
    await attendUntil(new Date('2026-05-01T12:59:00Z'))
    now = new Date('2026-05-01T13:00:00Z')
    const raised = await Promise.all([system, ...others, system, ...others].map((one) => one.attend()))
    expect(raised.flat()).toHaveLength(2)
    expect(await alerts()).toHaveLength(2)
  })

  test('is told of neither way when it was over before anybody could be told', async () => {
    await watch(watched('Falcon'))
    const id = await feedAt('/n1')
    await fail(id)
    expect(await attendUntil(new Date('2026-05-01T13:05:00Z'))).toHaveLength(1)
    await mend(id)
    await attendUntil(new Date('2026-05-01T14:00:00Z'))
    expect(await deliveryStates()).toEqual(['feed-blind withdrawn'])
  })

  test('is forgotten while the question is paused', async () => {
    await watch(watched('Falcon'))
    await fail(await feedAt('/f1'))
    await attendUntil(new Date('2026-05-01T12:40:00Z'))
    await setItemState(system.db.pool, 'Falcon', 'paused', now)
    expect(await attendUntil(new Date('2026-05-01T14:00:00Z'))).toEqual([])
    await setItemState(system.db.pool, 'Falcon', 'watching', now)
    expect(await attendUntil(new Date('2026-05-01T16:00:00Z'))).toEqual([
      ['feed-blind', 'Falcon', '05-01T15:01'],
    ])
  })
})

describe('credible claims that contradict each other', () => {
  const falcon = watched('Falcon 3', { status: 'open' })
  const released = { id: '1', title: 'Acme releases Falcon 3', link: 'https://techcrunch.com/1' }
  const denied = {
    id: '2',
    title: 'Falcon 3 is delayed by a faulty valve',
    link: 'https://www.theverge.com/2',
  }

  async function bring(path: string, ...entries: readonly TestEntry[]): Promise<void> {
    server.set(path, { body: rss(entries) })
    const found = await findFeed(system.db, server.url + path)
    await poll(found?.id ?? (await feedAt(path)))
  }

  test('are told at once, with both sides, and once', async () => {
    await watch(falcon)
    const path = '/dispute'
    await feedAt(path)
    await bring(path, { ...released, at: new Date(start.getTime() - 2 * day) })
    const later = { ...denied, at: new Date(start.getTime() - day) }
    await bring(path, { ...released, at: new Date(start.getTime() - 2 * day) }, later)
    const alert = await only('disputed')
    expect(alert).toMatchObject({ status: 'happened', at: later.at, origins: 2 })
    expect(alert.evidence.map(({ outlet, quote }) => [outlet, quote])).toEqual([
      ['theverge.com', 'Falcon 3 is delayed by a faulty valve'],
      ['techcrunch.com', 'Acme releases Falcon 3'],
    ])
    expect(alert.reason).toBe('theverge.com says delayed, techcrunch.com said happened')
    await bring(path, {
      ...denied,
      id: '3',
      link: 'https://www.wired.com/3',
      at: new Date(start.getTime() - day + 1),
    })
    await only('disputed')
    expect(await deliveryStates()).toContain('disputed waiting')
  })

  test.each([
    ['the question moved on', moveOn],
    ['one side was rejected', rejectFirst],
  ])('are not told of any more when %s while the alert waited to be sent', async (_what, end) => {
    await watch(falcon)
    const path = '/settled'
    await feedAt(path)
    await bring(path, { ...released, at: new Date(start.getTime() - 2 * day) })
    await bring(path, { ...denied, at: new Date(start.getTime() - day) })
    await system.deliveries.tend()
    expect(await deliveryStates()).toContain('disputed waiting')
    await end()
    await system.deliveries.tend()
    expect(await deliveryStates()).toContain('disputed withdrawn')
  })

  /** The question's status moves, as an entry would move it. */
  async function moveOn(): Promise<void> {
    await system.db.pool.query(
      `update watch_item set standing = standing || '{"status": "delayed"}' where id = $1`,
      [falcon.id],
    )
  }

  async function rejectFirst(): Promise<void> {
    const wrong = { itemId: falcon.id, sequence: null, reason: 'not-said', note: null, via: 'cli' } as const
    const options = { config: system.config(), now, reportUrl: system.reportUrl }
    const { kind } = await system.db.transaction((tx) => rejectChange(tx, wrong, options))
    expect(kind).toBe('rejected')
  }

  test('are not told of what a new feed brings along', async () => {
    await watch(falcon)
    const at = (days: number) => new Date(start.getTime() - days * day)
    const path = '/past'
    server.set(path, {
      body: rss([
        { ...released, at: at(40) },
        { ...denied, at: at(39) },
      ]),
    })
    const definition = {
      url: server.url + path,
      title: null,
      homeUrl: null,
      outlet: null,
      topic: null,
      everyMs: null,
    }
    await poll(await putFeed(system.db.pool, definition, { origin: 'user', now }))
    expect((await system.report()).items[0]).toMatchObject({ status: 'happened', disputed: true })
    expect(await alerts()).toEqual([])
  })
})
