import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { System } from '../../src/compose.ts'
import type { Polled } from '../../src/pipeline/record-polls.ts'
import { Rounds } from '../../src/pipeline/rounds.ts'
import { type StoredFeed } from '../../src/store/feeds.ts'
import { hostLock } from '../../src/store/hosts.ts'
import { startFeedServer, type FeedServer } from '../support/feed-server.ts'
import { rss } from '../support/feed-text.ts'
import { addTestFeed, storedFeed } from '../support/stored-feed.ts'
import { countRows, testConfig, testSystem, type TestSystem } from '../support/system.ts'

const minute = 60_000
const begin = new Date('2026-05-01T12:00:00Z')
const entry = { id: '1', title: 'Rain', link: 'https://a.example/1', at: new Date(begin.getTime() - minute) }

let system: TestSystem
let servers: FeedServer[]
let now: Date
let polled: Polled[]
let running: Rounds[]

beforeAll(async () => {
  servers = await Promise.all([startFeedServer(), startFeedServer()])
})

afterAll(() => Promise.all(servers.map((server) => server.close())))

beforeEach(async () => {
  now = begin
  polled = []
  running = []
  for (const server of servers) server.requests.length = 0
  system = await testSystem({ config: await testConfig(), clock: { now: () => now } })
  return async () => {
    for (const rounds of running) await rounds.stop()
    await system.end()
  }
})

function rounds(of: System = system): Rounds {
  const started = new Rounds({
    ...{ db: of.db, polling: of.polling, concurrency: 4 },
    logger: pino({ level: 'silent' }),
    done: (one) => polled.push(one),
  })
  running.push(started)
  return started
}

/** Polls all that is due. */
async function goRound(of: Rounds = rounds()): Promise<void> {
  await of.look()
  await of.settled()
}

function feedOf(path: string, server = servers[0]): Promise<StoredFeed> {
  return addTestFeed(system, `${server?.url}${path}`, now)
}

function again(id: number): Promise<StoredFeed> {
  return storedFeed(system, id)
}

function later(ms: number): void {
  now = new Date(now.getTime() + ms)
}

function requests(): string[] {
  return servers.flatMap((server) => server.requests.map(({ path }) => path)).toSorted()
}

test('what is due is polled once, by however many processes, and no host is asked twice at a time', async () => {
  let most = 0
  const paths = Array.from({ length: 12 }, (_, n) => `/feed-${n}`)
  for (const server of servers) {
    let open = 0
    for (const path of paths) {
      server.set(path, () => {
        most = Math.max(most, ++open)
        setTimeout(() => open--, 9)
        return { body: rss([{ ...entry, id: path }]), delayMs: 10 }
      })
      await feedOf(path, server)
    }
  }
  const [one, other] = [rounds(), rounds(await system.sibling())]
  await Promise.all([goRound(one), goRound(other)])
  await Promise.all([goRound(one), goRound(other)])
  expect(requests()).toEqual([...paths, ...paths].toSorted())
  expect(most).toBe(1)
  expect(await countRows(system.db, 'poll')).toBe(24)
  expect(await countRows(system.db, 'entry')).toBe(24)
})

test('a poll without news changes when its feed is polled, and is a line of the log', async () => {
  servers[0]?.set('/same', { body: rss([entry]), etag: '"one"' })
  const { id } = await feedOf('/same')
  await goRound()
  const before = await again(id)
  later(60 * minute)
  await goRound()
  const after = await again(id)
  expect(after).toEqual({ ...before, lastPollAt: now, lastOkAt: now, nextPollAt: after.nextPollAt })
  expect(after.nextPollAt?.getTime()).toBeGreaterThan(now.getTime())
  expect(servers[0]?.requests[1]?.headers['if-none-match']).toBe('"one"')
  expect(await countRows(system.db, `poll where outcome = 'unchanged' and bytes = 0`)).toBe(1)
  // those with nothing to tell are not told
  expect(polled.map((one) => one.outcome)).toEqual(['new'])
})

test('a poll in rounds finds the same next time as one by hand', async () => {
  const hourly = Array.from({ length: 10 }, (_, n) => ({
    ...entry,
    id: `${n}`,
    title: `Rain ${n}`,
    at: new Date(begin.getTime() - n * 60 * minute),
  }))
  for (const path of ['/round', '/hand']) servers[0]?.set(path, { body: rss(hourly), etag: '"one"' })
  const [round, hand] = [await feedOf('/round'), await feedOf('/hand')]
  await goRound()
  later(600 * minute)
  await system.pollFeed(await again(hand.id))
  await goRound()
  const [a, b] = [await again(round.id), await again(hand.id)]
  expect(a.lastPollAt).toEqual(now)
  // as nine hours without an entry are read: a quarter of them, and half of that
  expect(a.nextPollAt).toEqual(new Date(now.getTime() + (600 / 4 / 2) * minute))
  expect(b.nextPollAt).toEqual(a.nextPollAt)
})

test('a poll without news leaves a feed alone for as long as the feed asked when it was read', async () => {
  const body = rss([entry, { ...entry, id: '2', title: 'Sun' }]).replace('<item>', '<ttl>45</ttl><item>')
  servers[0]?.set('/ttl', { body, etag: '"one"' })
  const { id } = await feedOf('/ttl')
  await goRound()
  later(50 * minute)
  await goRound()
  expect(servers[0]?.requests).toHaveLength(2)
  expect((await again(id)).nextPollAt).toEqual(new Date(now.getTime() + 45 * minute))
})

test('a feed that was paused while it was polled stays as it is', async () => {
  servers[0]?.set('/slow', { body: rss([entry]), etag: '"one"' })
  const { id } = await feedOf('/slow')
  await goRound()
  later(60 * minute)
  servers[0]?.set('/slow', { body: rss([entry]), etag: '"one"', delayMs: 300 })
  const round = rounds()
  await round.look()
  await system.db.pool.query(`update feed set state = 'paused', next_poll_at = null where id = $1`, [id])
  await round.settled()
  expect(await again(id)).toMatchObject({ state: 'paused', nextPollAt: null, lastPollAt: begin })
})

test('a host that refuses is asked for none of its other feeds', async () => {
  for (const path of ['/1', '/2', '/3']) {
    servers[0]?.set(path, { status: 429, headers: { 'retry-after': '3600' } })
    await feedOf(path)
  }
  await goRound()
  expect(requests()).toHaveLength(1)
  later(61 * minute)
  await goRound()
  expect(requests()).toHaveLength(2)
})

test('a host that a redirect leads to is held itself when it refuses', async () => {
  servers[0]?.set('/leads', { status: 302, headers: { location: `${servers[1]?.url}/limited` } })
  servers[0]?.set('/fine', { body: rss([]) })
  servers[1]?.set('/limited', { status: 503, headers: { 'retry-after': '3600' } })
  servers[1]?.set('/other', { body: rss([]) })
  await feedOf('/leads')
  await goRound()
  await feedOf('/fine')
  await feedOf('/other', servers[1])
  await goRound()
  expect(requests()).toEqual(['/fine', '/leads', '/limited'])
})

test('one feed that cannot be taken in stops no other, and is tried again later', async () => {
  await system.db.pool.query(`
    create function refuse() returns trigger language plpgsql as $$ begin raise 'no poison here'; end $$;
    create trigger refuse before insert on entry for each row when (new.author = 'poison') execute function refuse()`)
  for (const path of ['/1', '/2', '/poison', '/4']) {
    const author = path === '/poison' ? 'poison' : 'jane'
    servers[0]?.set(path, { body: rss([entry]).replace('<item>', `<item><author>${author}</author>`) })
    await feedOf(path)
  }
  await goRound()
  expect(await countRows(system.db, 'entry')).toBe(3)
  expect(await countRows(system.db, `poll where outcome = 'failed' and error like '%no poison here%'`)).toBe(
    1,
  )
  expect(await countRows(system.db, `feed where failures = 1 and next_poll_at > last_poll_at`)).toBe(1)
})

test('where asking for a feed goes wrong by a fault of our own that is noted of the feed, and stops no other', async () => {
  const broken = await feedOf('/broken')
  const sound = await feedOf('/sound', servers[1])
  servers[1]?.set('/sound', { body: rss([entry]) })
  const { fetcher } = system.polling()
  await goRound(
    rounds({
      ...system,
      polling: () => ({
        ...system.polling(),
        fetcher: {
          ...fetcher,
          fetch: (url, ...rest) =>
            url === broken.url ? Promise.reject(new URIError('no agent')) : fetcher.fetch(url, ...rest),
        },
      }),
    }),
  )
  expect(await again(broken.id)).toMatchObject({
    failures: 1,
    lastError: expect.stringContaining('no agent') as string,
  })
  expect(await again(sound.id)).toMatchObject({ failures: 0, lastPollAt: begin })
})

test('what is due behind the hosts that another process has is polled at once', async () => {
  // more hosts than are taken at a time, due for longer than the one that is free
  const others = Array.from({ length: 40 }, (_, n) => `127.0.0.1:${n + 1}`)
  await Promise.all(others.map((host) => addTestFeed(system, `http://${host}/`, now)))
  later(minute)
  servers[0]?.set('/free', { body: rss([entry]) })
  const { id } = await feedOf('/free')
  const process = await system.db.pool.connect()
  try {
    await process.query(
      `select pg_advisory_lock(${hostLock('host')}) from unnest($1::text[]) as taken(host)`,
      [others],
    )
    await goRound()
  } finally {
    process.release(true)
  }
  expect((await again(id)).lastPollAt).toEqual(now)
  expect(await countRows(system.db, 'poll')).toBe(1)
})

test('a process that stops in the middle leaves the rest to others', async () => {
  for (let n = 0; n < 30; n++) {
    servers[n % 2]?.set(`/f${n}`, { body: rss([{ ...entry, id: `${n}` }]), delayMs: 20 })
    await feedOf(`/f${n}`, servers[n % 2])
  }
  const first = rounds()
  await first.look()
  await new Promise((resolve) => setTimeout(resolve, 100))
  await first.stop()
  const before = await countRows(system.db, 'poll')
  expect(before).toBeGreaterThan(0)
  expect(before).toBeLessThan(30)
  await goRound(rounds(await system.sibling()))
  expect(await countRows(system.db, 'poll')).toBe(30)
  expect(requests()).toHaveLength(30)
})
