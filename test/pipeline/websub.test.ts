import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { System } from '../../src/compose.ts'
import { findFeed, putFeed, retireFeed, type StoredFeed } from '../../src/store/feeds.ts'
import { hasLiveSubscription, subscriptionsOf } from '../../src/store/subscriptions.ts'
import { buildServer } from '../../src/web/server.ts'
import { falcon } from '../support/falcon.ts'
import { startFeedServer, type FeedServer } from '../support/feed-server.ts'
import { rss, type TestEntry } from '../support/feed-text.ts'
import { call, startHub, type HubServer } from '../support/hub-server.ts'
import { countRows, testConfig, testSystem, type TestSystem } from '../support/system.ts'

const minute = 60_000
const hour = 60 * minute

const item = falcon(new Date(Date.now() - 30 * 24 * hour))
const old: TestEntry = { id: '1', title: 'Acme shows a rocket' }
const release: TestEntry = {
  id: '2',
  title: 'Acme releases Falcon 3',
  link: 'https://acme.com/news/falcon-3-is-here',
}

let hub: HubServer
let feeds: FeedServer
let system: TestSystem
let app: FastifyInstance
let publicUrl: string
/** What the daemon wrote into its log. */
let logged: string
let later = 0
const clock = { now: () => new Date(Date.now() + later) }

beforeAll(async () => {
  hub = await startHub()
  feeds = await startFeedServer()
})

afterAll(async () => {
  await hub.close()
  await feeds.close()
})

beforeEach(async () => {
  later = 0
  hub.requests.length = 0
  hub.verified.length = 0
  hub.manners = { status: 202, verifies: true, leaseSeconds: 3600 }
  const config = await testConfig({ watchItems: [{ ...item, file: 'test', sinceGiven: true }] })
  logged = ''
  const logger = pino({ level: 'trace' }, { write: (line) => (logged += line) })
  system = await testSystem({ config, clock, logger })
  app = serverOf(system.websub)
  publicUrl = await app.listen({ host: '127.0.0.1', port: 0 })
  await reachedAt(`${publicUrl}/`)
  return async () => {
    await app.close()
    await system.end()
  }
})

function serverOf(websub: System['websub']): FastifyInstance {
  const ready = () => Promise.resolve(null)
  return buildServer({ report: () => system.report(), installation: 'test', notReady: ready, websub })
}

async function reachedAt(address: string | undefined): Promise<void> {
  const config = system.config()
  await system.useConfig({ ...config, server: { ...config.server, publicUrl: address } })
}

/** The feed of a test with the hub and its own address named in it. */
function withHub(entries: readonly TestEntry[], self: string, hubUrl = `${hub.url}/`): string {
  const links = `<atom:link rel="hub" href="${hubUrl}"/><atom:link rel="self" href="${self}"/>`
  return rss(entries)
    .replace('<rss ', '<rss xmlns:atom="http://www.w3.org/2005/Atom" ')
    .replace('<channel>', `<channel>${links}`)
}

/** Puts a feed up, adds it and polls it once. */
async function polled(path: string, answer: Parameters<FeedServer['set']>[1]): Promise<StoredFeed> {
  feeds.set(path, answer)
  const id = await putFeed(
    system.db.pool,
    { url: feeds.url + path, title: null, homeUrl: null, outlet: null, topic: null, everyMs: null },
    { origin: 'user', now: clock.now() },
  )
  return pollAgain(id)
}

async function pollAgain(id: number): Promise<StoredFeed> {
  await system.pollFeed(await feedOf(id))
  return feedOf(id)
}

async function feedOf(id: number): Promise<StoredFeed> {
  const feed = await findFeed(system.db, id)
  if (feed === null) throw new Error('the feed is gone')
  return feed
}

/** A feed that names the hub, polled and subscribed to. */
async function subscribed(path = '/feed'): Promise<StoredFeed> {
  const feed = await polled(path, { body: withHub([old], feeds.url + path) })
  await system.tendSubscriptions()
  return feed
}

async function subscription(feedId: number) {
  const [only, ...more] = await subscriptionsOf(system.db.pool, feedId)
  expect(more).toEqual([])
  if (only === undefined) throw new Error('there is no subscription')
  return only
}

const isLive = (feedId: number) => hasLiveSubscription(system.db.pool, feedId, clock.now())
const status = async () => (await system.report(['falcon'])).items[0]?.status

describe('discovery', () => {
  const self = () => `${feeds.url}/topic`
  const headers = () => ({ link: `<${hub.url}/header>; rel="hub", <${self()}>; rel="self"` })
  const atom = () =>
    `<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><id>t</id><link rel="hub" href="${hub.url}/atom"/>` +
    `<link rel="self" href="${self()}"/><entry><id>1</id><title>One</title></entry></feed>`
  const json = () =>
    JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'T',
      feed_url: self(),
      hubs: [{ type: 'WebSub', url: `${hub.url}/json` }],
      items: [{ id: '1', title: 'One' }],
    })

  it.each([
    ['HTTP headers', '/header', () => ({ body: rss([old]), headers: headers() })],
    ['an Atom feed', '/atom', () => ({ body: atom() })],
    ['an RSS feed', '/rss', () => ({ body: withHub([old], self(), `${hub.url}/rss`) })],
    ['a JSON feed', '/json', () => ({ body: json(), headers: { 'content-type': 'application/feed+json' } })],
    ['HTTP headers rather than the feed', '/header', () => ({ body: atom(), headers: headers() })],
  ])('finds hub and topic in %s', async (_where, path, answer) => {
    const feed = await polled('/discover', answer())
    await system.tendSubscriptions()
    expect(hub.requests).toMatchObject([
      { path, mode: 'subscribe', topic: self(), contentType: 'application/x-www-form-urlencoded' },
    ])
    expect(await isLive(feed.id)).toBe(true)
  })

  it.each([301, 302])('subscribes to the topic that a redirect (%i) leads to', async (code) => {
    feeds.set('/new-place', { body: withHub([old], self()) })
    const feed = await polled('/old-place', { status: code, headers: { location: '/new-place' } })
    await system.tendSubscriptions()
    expect(hub.requests).toMatchObject([{ topic: self() }])
    expect(await isLive(feed.id)).toBe(true)
  })

  it('asks nobody while there is no address to deliver to, and catches up when there is one', async () => {
    await reachedAt(undefined)
    const feed = await subscribed()
    expect(hub.requests).toEqual([])
    await reachedAt(publicUrl)
    await system.tendSubscriptions()
    expect(await isLive(feed.id)).toBe(true)
  })

  it('leaves the old hub when a feed names another', async () => {
    const feed = await subscribed()
    feeds.set('/feed', { body: withHub([old], `${feeds.url}/feed`, `${hub.url}/other`) })
    await pollAgain(feed.id)
    await system.tendSubscriptions()
    await system.tendSubscriptions()
    const modes = hub.requests.map((request) => [request.mode, request.path])
    expect(modes.slice(1).toSorted()).toEqual([
      ['subscribe', '/other'],
      ['unsubscribe', '/'],
    ])
    expect(await subscription(feed.id)).toMatchObject({ hub: `${hub.url}/other`, state: 'live' })
  })
})

describe('a request to the hub', () => {
  it('names a callback that is not to be guessed, and a secret, of its own for each feed', async () => {
    await subscribed('/feed')
    await subscribed('/feed2')
    const [first, second] = hub.requests
    expect(first?.callback).toMatch(new RegExp(`^${publicUrl}/websub/[\\w-]{43}$`))
    expect(first?.secret).toMatch(/^[\w-]{43}$/)
    expect(second?.callback).not.toBe(first?.callback)
    expect(second?.secret).not.toBe(first?.secret)
    expect(first?.callback).not.toContain(first?.secret)
  })

  it.each([307, 308])('follows the hub where it redirects (%i)', async (code) => {
    hub.manners = { ...hub.manners, status: code, location: `${hub.url}/real` }
    const feed = await polled('/feed', { body: withHub([old], `${feeds.url}/feed`, `${hub.url}/moved`) })
    await system.tendSubscriptions()
    expect(hub.requests).toMatchObject([{ path: '/real', mode: 'subscribe', topic: `${feeds.url}/feed` }])
    expect(await isLive(feed.id)).toBe(true)
  })

  it.each([
    ['by a redirect that would turn it into a GET', { status: 302, location: '/real' }, '302'],
    ['for ever', { status: 307, location: '/moved' }, 'redirects more than 5 times'],
    ['to a private address', { status: 307, location: 'http://10.0.0.1/' }, 'private address'],
  ])('is not sent on %s', async (_what, manners, words) => {
    hub.manners = { ...hub.manners, ...manners }
    const feed = await polled('/feed', { body: withHub([old], `${feeds.url}/feed`, `${hub.url}/moved`) })
    await system.tendSubscriptions()
    expect(hub.requests).toEqual([])
    const { state, lastError } = await subscription(feed.id)
    expect(state).toBe('asked')
    expect(lastError).toContain(words)
  })

  it('never goes to an address inside this network, whatever a feed names', async () => {
    const feed = await polled('/feed', {
      body: withHub([old], `${feeds.url}/feed`, 'http://169.254.169.254/latest'),
    })
    await system.tendSubscriptions()
    expect((await subscription(feed.id)).lastError).toContain('private address')
    expect((await feedOf(feed.id)).failures).toBe(0)
  })

  it('is sent once, however many processes look after it', async () => {
    await polled('/feed', { body: withHub([old], `${feeds.url}/feed`) })
    const other = await system.sibling()
    await other.useConfig(system.config())
    await Promise.all([system, other, system, other].map((one) => one.tendSubscriptions()))
    expect(hub.requests).toHaveLength(1)
  })
})

describe('verification', () => {
  it('is answered with the challenge, as plain text', async () => {
    await subscribed()
    expect(hub.verified).toEqual([
      { status: 200, body: 'challenge-0', challenge: 'challenge-0', type: 'text/plain; charset=utf-8' },
    ])
  })

  it.each([
    ['another topic', { topic: 'https://other.example/feed' }],
    ['no topic', { topic: undefined }],
    ['another mode', { mode: 'unsubscribe' }],
    ['no mode', { mode: undefined }],
    ['no challenge', { challenge: undefined }],
  ])('is refused for %s', async (_what, change) => {
    hub.manners = { ...hub.manners, verifies: false }
    const feed = await subscribed()
    const callback = hub.requests[0]?.callback ?? ''
    const asked = { mode: 'subscribe', topic: `${feeds.url}/feed`, challenge: 'c', lease_seconds: '60' }
    const answer = await call(callback, { ...asked, ...change })
    expect(answer).toMatchObject({ status: 404, body: '{"status":"not found"}' })
    expect(await isLive(feed.id)).toBe(false)
    expect((await call(callback, asked)).status).toBe(200)
    expect(await isLive(feed.id)).toBe(true)
  })

  it('is refused before anything was asked, and at any other address', async () => {
    const feed = await polled('/feed', { body: withHub([old], `${feeds.url}/feed`) })
    const { id, topic } = await subscription(feed.id)
    const asked = { mode: 'subscribe', topic, challenge: 'c' }
    expect((await call(`${publicUrl}/websub/${id}`, asked)).status).toBe(404)
    expect((await call(`${publicUrl}/websub/nobody`, asked)).status).toBe(404)
  })

  it('that never comes is asked for again, later and later', async () => {
    hub.manners = { ...hub.manners, verifies: false }
    await subscribed()
    for (const minutes of [4, 3, 4, 8]) {
      later += minutes * minute
      await system.tendSubscriptions()
    }
    // at 0, after 5 and after 10 more
    expect(hub.requests).toHaveLength(3)
  })
})

describe('the lease', () => {
  it('is renewed at about 80%, with the same callback and secret', async () => {
    const feed = await subscribed()
    later = 0.74 * hour
    await system.tendSubscriptions()
    expect(hub.requests).toHaveLength(1)
    later = 0.86 * hour
    await system.tendSubscriptions()
    expect(hub.requests).toHaveLength(2)
    expect(hub.requests[1]).toEqual(hub.requests[0])
    later = 1.5 * hour
    expect(await isLive(feed.id)).toBe(true)
  })

  it('that ends without renewal leaves the feed to be polled at once, and the hub to be asked again', async () => {
    const feed = await subscribed()
    hub.manners = { ...hub.manners, status: 503, verifies: false }
    await system.db.pool.query(`update feed set next_poll_at = $1`, [new Date(Date.now() + 6 * hour)])
    for (const minutes of [52, 55, 61]) {
      later = minutes * minute
      await system.tendSubscriptions()
    }
    expect(await isLive(feed.id)).toBe(false)
    expect((await feedOf(feed.id)).nextPollAt?.getTime()).toBeLessThanOrEqual(clock.now().getTime())
    hub.manners = { ...hub.manners, status: 202, verifies: true }
    later = 3 * hour
    await system.tendSubscriptions()
    expect(await isLive(feed.id)).toBe(true)
  })

  it('that the hub does not name is taken for a day', async () => {
    hub.manners = { ...hub.manners, leaseSeconds: null }
    const feed = await subscribed()
    later = 23 * hour
    expect(await isLive(feed.id)).toBe(true)
    later = 25 * hour
    expect(await isLive(feed.id)).toBe(false)
  })
})

describe('a delivery', () => {
  it.each(['sha1', 'sha256', 'sha384', 'sha512'] as const)(
    'signed by %s moves a question',
    async (method) => {
      const feed = await subscribed()
      expect(await status()).toBe('open')
      expect(await hub.deliver(rss([release]), { method })).toBe(202)
      expect(await status()).toBe('happened')
      expect(await subscription(feed.id)).toMatchObject({ deliveries: 1, rejected: 0 })
      expect(await countRows(system.db, 'alert')).toBe(1)
    },
  )

  it('is told once, however often it comes, and however the poll overlaps', async () => {
    const feed = await subscribed()
    feeds.set('/feed', { body: withHub([release, old], `${feeds.url}/feed`) })
    const both = rss([release, old])
    await Promise.all([hub.deliver(both), pollAgain(feed.id), hub.deliver(both), hub.deliver(rss([release]))])
    expect(await countRows(system.db, 'entry')).toBe(2)
    expect(await countRows(system.db, 'alert')).toBe(1)
  })

  it('is a line of the poll log', async () => {
    await subscribed()
    await hub.deliver(rss([release]))
    expect(
      await countRows(system.db, `poll where outcome = 'pushed' and new_entries = 1 and bytes > 0`),
    ).toBe(1)
  })

  it('lists what is new only: nothing follows from what it does not list', async () => {
    const thread = { title: 'Open thread', text: 'Falcon 3 and all else' }
    const feed = await polled('/feed', {
      body: withHub([{ ...thread, id: 'monday', link: 'https://acme.com/monday' }, old], `${feeds.url}/feed`),
    })
    await system.tendSubscriptions()
    await hub.deliver(rss([{ ...thread, id: 'tuesday', link: 'https://acme.com/tuesday' }, release]))
    expect(await countRows(system.db, 'entry')).toBe(4)
    expect(await isLive(feed.id)).toBe(true)
  })

  it('of the whole feed, whose ids are minted anew each time, brings nothing twice', async () => {
    const at = new Date(Date.now() - hour)
    const minted = (turn: string) => [
      { ...release, id: `${turn}-1`, at },
      { ...old, id: `${turn}-2`, link: 'https://acme.com/rocket', at },
    ]
    await polled('/feed', { body: withHub(minted('a'), `${feeds.url}/feed`) })
    await system.tendSubscriptions()
    await hub.deliver(rss(minted('b')))
    expect(await countRows(system.db, 'entry')).toBe(2)
  })

  it('keeps its content type', async () => {
    await subscribed()
    const body = JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'T',
      items: [{ id: '9', title: release.title, url: release.link }],
    })
    expect(await hub.deliver(body, { contentType: 'application/feed+json' })).toBe(202)
    expect(await status()).toBe('happened')
  })

  it.each([
    ['signed wrongly', 'another secret'],
    ['not signed', null],
  ])('that is %s is answered in a friendly way, counted, and ignored', async (_what, secret) => {
    const feed = await subscribed()
    expect(await hub.deliver(rss([release]), { secret })).toBe(202)
    expect(await status()).toBe('open')
    expect(await countRows(system.db, 'entry')).toBe(1)
    expect(await subscription(feed.id)).toMatchObject({ deliveries: 0, rejected: 1 })
    // such a hub is not relied on, until it signs again
    expect(await isLive(feed.id)).toBe(false)
    await hub.deliver(rss([release]))
    expect(await isLive(feed.id)).toBe(true)
  })

  it('that is no feed has the feed polled, but not more often than is allowed', async () => {
    const feed = await subscribed()
    await system.db.pool.query(`update feed set next_poll_at = $1`, [new Date(Date.now() + 6 * hour)])
    expect(await hub.deliver('there is news')).toBe(202)
    const { lastPollAt, nextPollAt } = await feedOf(feed.id)
    expect((nextPollAt?.getTime() ?? 0) - (lastPollAt?.getTime() ?? 0)).toBe(2 * minute)
  })

  it('that is larger than is allowed is refused', async () => {
    const feed = await subscribed()
    const narrow = serverOf({ ...system.websub, maxBody: 1000 })
    const url = `/websub/${(await subscription(feed.id)).id}`
    const send = (body: string) => narrow.inject({ method: 'POST', url, body })
    expect((await send('x'.repeat(1001))).statusCode).toBe(413)
    expect((await send('x'.repeat(1000))).statusCode).toBe(202)
  })

  it('with NUL where an address or a topic stands is the asker’s mistake, no fault', async () => {
    const { id } = await subscription((await subscribed()).id)
    for (const url of [
      '/websub/a%00b',
      '/websub/%F0%9F%A6%84',
      `/websub/${id}?hub.mode=denied&hub.topic=%00`,
      `/websub/${id}?hub.mode=subscribe&hub.topic=%00&hub.challenge=x`,
    ])
      for (const method of ['GET', 'POST'] as const)
        expect((await app.inject({ method, url })).statusCode, `${method} ${url}`).toBeLessThan(500)
  })

  it('to an address that nobody was told is answered as gone', async () => {
    const answer = await fetch(`${publicUrl}/websub/nobody`, { method: 'POST', body: rss([release]) })
    expect(answer.status).toBe(410)
  })
})

describe('polling', () => {
  const untilNext = ({ nextPollAt, lastPollAt }: StoredFeed) =>
    (nextPollAt?.getTime() ?? 0) - (lastPollAt?.getTime() ?? 0)

  it('is a slow safety net while a hub delivers, and as ever when it does not', async () => {
    const feed = await subscribed()
    expect(untilNext(feed)).toBeLessThan(hour)
    expect(untilNext(await pollAgain(feed.id))).toBe(6 * hour)
    await hub.deliver(rss([release]), { secret: null })
    expect(untilNext(await pollAgain(feed.id))).toBeLessThan(hour)
  })

  it('finds no silence where a hub has delivered', async () => {
    const feed = await subscribed()
    expect(feed.staleAfter).not.toBeNull()
    later = 0.5 * hour
    await hub.deliver(rss([release]))
    const after = await pollAgain(feed.id)
    expect(after.lastEntryAt?.getTime()).toBeGreaterThan(feed.lastEntryAt?.getTime() ?? 0)
    expect(after.staleAfter?.getTime()).toBeGreaterThan(feed.staleAfter?.getTime() ?? 0)
  })

  it('of the other feeds of a question that a delivery has moved comes soon', async () => {
    const other = await polled('/other', {
      body: rss([{ id: 'o', title: 'Falcon 3 seen on a lorry', link: 'https://other.example/1' }]),
    })
    await subscribed()
    await hub.deliver(rss([{ ...release, at: clock.now() }]))
    expect(untilNext(await feedOf(other.id))).toBeLessThan(3 * minute)
  })
})

describe('a hub that says no', () => {
  it('is noted with its reason, not relied on, and asked again after a week', async () => {
    hub.manners = { ...hub.manners, verifies: false }
    const feed = await subscribed()
    expect(await hub.deny('we do not know you')).toBe(200)
    expect(await subscription(feed.id)).toMatchObject({ state: 'denied', lastError: 'we do not know you' })
    expect(await hub.deliver(rss([release]))).toBe(410)
    later = 6 * 24 * hour
    await system.tendSubscriptions()
    expect(hub.requests).toHaveLength(1)
    later = 8 * 24 * hour
    hub.manners = { ...hub.manners, verifies: true }
    await system.tendSubscriptions()
    expect(await isLive(feed.id)).toBe(true)
  })

  it('may do so during the lease', async () => {
    const feed = await subscribed()
    expect(await isLive(feed.id)).toBe(true)
    expect(await hub.deny()).toBe(200)
    expect(await isLive(feed.id)).toBe(false)
  })

  it('of something that it was not asked for is not listened to', async () => {
    const feed = await subscribed()
    const { callback = '' } = hub.requests[0] ?? {}
    expect((await call(callback, { mode: 'denied', topic: 'https://other.example/' })).status).toBe(404)
    expect(await isLive(feed.id)).toBe(true)
  })

  it('and repeats what is secret, is quoted without it', async () => {
    hub.manners = { ...hub.manners, verifies: false }
    const feed = await subscribed()
    const { callback = '', secret = '' } = hub.requests[0] ?? {}
    await hub.deny(`no to ${callback} and ${secret}`)
    const { id, lastError } = await subscription(feed.id)
    expect(lastError).toMatch(/^no to .* and •••$/)
    expect(lastError).not.toContain(id)
    expect(lastError).not.toContain(secret)
  })
})

describe('the log', () => {
  it('tells what happens with hubs, and nothing by which somebody could pass for one', async () => {
    hub.manners = { ...hub.manners, status: 500 }
    const feed = await polled('/feed', { body: withHub([old], `${feeds.url}/feed`, `${hub.url}/?key=hush`) })
    const { id, secret } = await subscription(feed.id)
    hub.manners = { ...hub.manners, body: `we cannot reach ${publicUrl}/websub/${id} with ${secret}` }
    await system.tendSubscriptions()
    await hub.deliver(rss([release]))
    await hub.deliver(rss([release]), { secret: null })
    await hub.deny(`no ${secret}`)
    for (const event of ['hub-failed', 'subscribed', 'pushed', 'push-ignored', 'hub-denied'])
      expect(logged).toContain(`"event":"${event}"`)
    for (const hidden of [id, secret, 'hush']) expect(logged).not.toContain(hidden)
    expect(logged).toContain('we cannot reach')
  })
})

describe('a hub that is down', () => {
  it('never disturbs polling, and is asked again when its Retry-After is over', async () => {
    hub.manners = { ...hub.manners, status: 503, verifies: false, headers: { 'retry-after': '7200' } }
    const feed = await subscribed()
    expect(await feedOf(feed.id)).toMatchObject({ failures: 0, lastError: null })
    expect((await subscription(feed.id)).lastError).toContain('answered 503')
    later = 1.9 * hour
    await system.tendSubscriptions()
    expect(hub.requests).toHaveLength(1)
    later = 2.1 * hour
    await system.tendSubscriptions()
    expect(hub.requests).toHaveLength(2)
  })

  it('is not bothered with all of its feeds at once', async () => {
    const gone = await startHub()
    await gone.close()
    for (const path of ['/a', '/b', '/c'])
      await polled(path, { body: withHub([old], feeds.url + path, `${gone.url}/`) })
    expect(await system.tendSubscriptions()).toBe(3)
    const { rows } = await system.db.pool.query<{ error: string }>(
      'select last_error error from subscription',
    )
    expect(rows.map((row) => row.error)).toEqual(
      Array.from({ length: 3 }, () => expect.stringContaining('refuses connections') as string),
    )
    expect(await system.tendSubscriptions()).toBe(0)
  })
})

describe('the end', () => {
  it('comes when a feed is removed: the hub is told and asks back', async () => {
    const feed = await subscribed()
    await retireFeed(system.db.pool, feed.id, 'removed')
    await system.tendSubscriptions()
    expect(hub.requests[1]).toMatchObject({ mode: 'unsubscribe', callback: hub.requests[0]?.callback })
    expect(hub.verified[1]).toMatchObject({ status: 200, body: 'challenge-1' })
    expect(await isLive(feed.id)).toBe(false)
    expect(await hub.deliver(rss([release]), { secret: hub.requests[0]?.secret ?? '' })).toBe(410)
    await system.tendSubscriptions()
    expect(hub.requests).toHaveLength(2)
  })

  it('is over when the feed is taken back, though it has not changed since', async () => {
    const feed = await subscribed()
    await retireFeed(system.db.pool, feed.id, 'removed')
    await system.tendSubscriptions()
    await polled('/feed', { body: withHub([old], `${feeds.url}/feed`) })
    await system.tendSubscriptions()
    expect(hub.requests.map((request) => request.mode)).toEqual(['subscribe', 'unsubscribe', 'subscribe'])
    expect(await isLive(feed.id)).toBe(true)
  })

  it('is not insisted on with a hub that does not answer', async () => {
    const feed = await subscribed()
    hub.manners = { ...hub.manners, status: 500, verifies: false, leaseSeconds: 3600 }
    await retireFeed(system.db.pool, feed.id, 'removed')
    for (let turn = 0; turn < 20; turn++) {
      await system.tendSubscriptions()
      later += 5 * minute
    }
    expect(hub.requests.length).toBeLessThanOrEqual(6)
    expect((await subscription(feed.id)).state).toBe('idle')
  })

  it('comes without a word when there is no public address any more; with another one the hub is told that', async () => {
    const feed = await subscribed()
    await reachedAt(undefined)
    await system.tendSubscriptions()
    expect(await isLive(feed.id)).toBe(false)
    await reachedAt(`${publicUrl}/?moved`)
    await system.tendSubscriptions()
    expect(hub.requests).toHaveLength(2)
    expect(await isLive(feed.id)).toBe(true)
  })
})
