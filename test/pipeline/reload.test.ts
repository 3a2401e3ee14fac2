import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { giveHostBack, takeHost } from '../../src/store/hosts.ts'
import { startFeedServer, type FeedServer } from '../support/feed-server.ts'
import { rss } from '../support/feed-text.ts'
import { addTestFeed } from '../support/stored-feed.ts'
import { countRows, testConfig, testSystem, type TestSystem } from '../support/system.ts'

let server: FeedServer
let system: TestSystem

beforeAll(async () => {
  server = await startFeedServer()
})

afterEach(() => system.end())
afterAll(() => server.close())

test('a feed that is being asked while the configuration changes answers all the same', async () => {
  const config = await testConfig()
  system = await testSystem({ config })
  server.set('/slow', { body: rss([{ id: '1', title: 'Rain' }]), delayMs: 300 })
  const feed = await addTestFeed(system, `${server.url}/slow`, new Date())
  const polled = system.pollFeed(feed)
  while (server.requests.length === 0) await sleep(5)
  await system.useConfig({ ...config, polling: { ...config.polling, userAgent: 'another' } })
  expect(await polled).toMatchObject({ outcome: 'new', reason: null })
})

test('a feed that waits for its host while the configuration changes is not noted as failing', async () => {
  const config = await testConfig()
  system = await testSystem({ config })
  server.set('/waits', { body: rss([{ id: '1', title: 'Rain' }]) })
  const feed = await addTestFeed(system, `${server.url}/waits`, new Date())
  await takeHost(system.db.pool, feed.host, { now: new Date(), leaseMs: 60_000 })
  const polled = system.pollFeed(feed)
  await system.useConfig({ ...config, polling: { ...config.polling, userAgent: 'another' } })
  await giveHostBack(system.db.pool, feed.host, 0)
  expect(await polled).toMatchObject({ outcome: 'interrupted' })
  expect(await system.pollFeed(feed)).toMatchObject({ outcome: 'new' })
  expect(await countRows(system.db, 'poll')).toBe(1)
})

test('however often the configuration changes, connections, channels and listeners do not add up', async () => {
  const warnings: Error[] = []
  const note = (warning: Error) => void warnings.push(warning)
  process.on('warning', note)
  const config = await testConfig()
  system = await testSystem({ config })
  server.set('/feed', { body: rss([]) })
  const feed = await addTestFeed(system, `${server.url}/feed`, new Date())
  const fetchers = new Set()
  for (let n = 0; n < 15; n++) {
    // questions change often; how feeds are asked changes now and then
    const userAgent = `agent ${Math.floor(n / 5)}`
    await system.useConfig({ ...config, polling: { ...config.polling, userAgent } })
    await system.pollFeed(feed)
    fetchers.add(system.polling().fetcher)
  }
  expect(fetchers.size).toBe(3)
  for (let n = 0; n < 15; n++) {
    await system.useConfig({ ...config, polling: { ...config.polling, userAgent: `agent ${n} again` } })
    await system.pollFeed(feed)
  }
  await new Promise((resolve) => setImmediate(resolve))
  process.off('warning', note)
  expect(warnings).toEqual([])
})

test('feeds that are as the configuration has them are not written again, and those that are not, are', async () => {
  const feeds = ['/1', '/2', '/3'].map((path) => ({ url: server.url + path, title: `Feed ${path}` }))
  const config = await testConfig({ feeds })
  system = await testSystem({ config })
  const versions = async () => {
    const { rows } = await system.db.pool.query<{ version: string }>(
      `select url || ' ' || title || ' ' || coalesce(topic, '-') || ' ' || xmin::text as version from feed order by url`,
    )
    return rows.map(({ version }) => version)
  }
  const before = await versions()
  await system.useConfig({ ...config, routes: [...config.routes] })
  expect(await versions()).toEqual(before)
  const [first, second] = feeds
  if (first === undefined || second === undefined) throw new Error('there are three')
  await system.useConfig({ ...config, feeds: [first, { ...second, topic: 'weather' }] })
  const after = await versions()
  expect(after.map((version, n) => version === before[n])).toEqual([true, false, false])
  expect(after[1]).toContain('Feed /2 weather')
})

test("a change that gets in each other's way with polls is taken into use all the same", async () => {
  const feeds = ['/1', '/2'].map((path) => ({ url: server.url + path }))
  const config = await testConfig({ feeds })
  system = await testSystem({ config })
  const polls = await system.db.pool.connect()
  const lock = (path: string) =>
    polls.query('select from feed where url = $1 for update', [server.url + path])
  const isWaiting = async () => {
    const { rows } = await system.db.pool.query(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
    return rows.length > 0
  }
  /** Has polls and a change wait for each other, and gives which of them Postgres has ended. */
  async function deadlock(topic: string): Promise<'polls' | 'change'> {
    await polls.query('begin')
    await lock('/2')
    const changed = system.useConfig({ ...config, feeds: feeds.map((feed) => ({ ...feed, topic })) })
    while (!(await isWaiting())) await sleep(5)
    const ended = await lock('/1').then(
      () => 'change' as const,
      () => 'polls' as const,
    )
    await polls.query(ended === 'polls' ? 'rollback' : 'commit')
    await changed
    return ended
  }
  try {
    // it is the change, which has waited longer by almost a second: on a busy machine it may have waited for that second before
    let topic = 'weather'
    while ((await deadlock(topic)) === 'polls') topic += ' again'
    const { rows } = await system.db.pool.query<{ topic: string }>('select topic from feed')
    expect(rows).toEqual([{ topic }, { topic }])
  } finally {
    polls.release(true)
  }
})
