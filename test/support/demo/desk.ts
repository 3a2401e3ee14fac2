import { readFile } from 'node:fs/promises'
import { pino } from 'pino'
import { z } from 'zod'
import { compose, type System } from '../../../src/compose.ts'
import type { Config } from '../../../src/config/config.ts'
import { openDatabase, type Database } from '../../../src/store/database.ts'
import { listFeeds } from '../../../src/store/feeds.ts'
import { migrate } from '../../../src/store/migrate.ts'
import { startFeedServer, type FeedServer } from '../feed-server.ts'
import { nothingKept, startPassingPostgres } from '../passing-postgres.ts'
import { shippedConfig } from '../shipped-config.ts'
import { demoNews, demoNow, demoQuestions, type DemoItem } from './story.ts'

/** A system with a past: questions of every status, feeds that were polled for days, one of them failing. */
export interface DemoDesk {
  readonly system: System
  close(): Promise<void>
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** Feeds of which nothing is read here but that they are healthy. */
const quietFeeds = ['The Register', 'Engadget', 'VentureBeat', 'Simon Willison', 'LWN', 'heise online']

/** Builds one on a Postgres of its own, in a folder that is thrown away. Its clock stands at `demoNow`. */
export async function openDemoDesk(): Promise<DemoDesk> {
  const server = await startPassingPostgres('screenshots', nothingKept)
  const undo: (() => Promise<unknown>)[] = [() => server.close()]
  const close = async () => {
    for (const step of undo.splice(0).toReversed()) await step()
  }
  try {
    const db = await openDatabase({
      url: server.url,
      dataDir: () => Promise.resolve(server.dataDir),
      application: 'screenshots',
    })
    undo.push(() => db.close())
    await migrate(db.pool)
    const feeds = await startFeedServer()
    undo.push(() => feeds.close())
    const system = await fill(db, feeds)
    undo.push(() => system.close())
    return { system, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function fill(db: Database, feeds: FeedServer): Promise<System> {
  const clock = { at: new Date('2025-01-02T00:00:00Z'), now: () => clock.at }
  const shipped = await shippedConfig(demoNow)
  const items = [...(await shippedNews(shipped)), ...demoNews]
  const config = demoConfig(shipped, feeds.url, outletsOf(items))
  const system = compose({
    ...{ db, clock, config, logger: pino({ level: 'silent' }), random: () => 0.5 },
    surroundings: { output: { write: () => undefined }, width: () => 80 },
    pageUrl: () => 'http://127.0.0.1:8484/',
  })
  await system.useConfig(config)
  await system.bringIn()
  for (const at of roundTimes()) {
    clock.at = at
    publish(feeds, items, at)
    for (const feed of await listFeeds(db.pool)) await system.pollFeed(feed)
  }
  clock.at = demoNow
  await system.attend()
  return system
}

/** Every twenty days at first, every eight hours in the last days. */
function roundTimes(): readonly Date[] {
  const times: Date[] = []
  const lately = demoNow.getTime() - 4 * dayMs
  for (let at = Date.parse('2025-01-15T12:00:00Z'); at < lately; at += 20 * dayMs) times.push(new Date(at))
  for (let at = lately; at <= demoNow.getTime(); at += 8 * hourMs) times.push(new Date(at))
  return times
}

/** Every feed says what is out by then; one of them cannot be read in the last days. */
function publish(feeds: FeedServer, items: readonly DemoItem[], now: Date): void {
  const out = items.filter((item) => new Date(item.date_published) <= now)
  for (const outlet of outletsOf(items))
    feeds.set(
      pathOf(outlet),
      jsonFeed(outlet, [elsewhere(outlet, now), ...out.filter((item) => outletOf(item) === outlet)]),
    )
  for (const name of quietFeeds) feeds.set(pathOf(name), jsonFeed(name, [elsewhere(name, now)]))
  if (demoNow.getTime() - now.getTime() < 2 * dayMs) feeds.set(pathOf('heise online'), { status: 500 })
}

/** Something that no question is about. */
function elsewhere(name: string, now: Date): DemoItem {
  const day = now.toISOString().slice(0, 13)
  const url = `https://news.example/${pathOf(name)}/${day}`
  return {
    id: url,
    url,
    title: `What happened on ${day}`,
    content_text: '',
    date_published: now.toISOString(),
  }
}

function jsonFeed(title: string, items: readonly DemoItem[]) {
  const body = JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title, items })
  return { body, headers: { 'content-type': 'application/feed+json' } }
}

function pathOf(name: string): string {
  return `/${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}.json`
}

function outletOf({ url }: DemoItem): string {
  return new URL(url).hostname.replace(/^www\./, '')
}

function outletsOf(items: readonly DemoItem[]): readonly string[] {
  return [...new Set(items.map(outletOf))]
}

const historySchema = z.object({
  items: z.array(
    z.object({
      ...{ id: z.string(), url: z.string(), title: z.string(), content_text: z.string() },
      date_published: z.string(),
    }),
  ),
})

async function shippedNews({ historyFiles }: Config): Promise<readonly DemoItem[]> {
  const texts = await Promise.all(historyFiles.map((file) => readFile(file, 'utf8')))
  return texts.flatMap((text) => historySchema.parse(JSON.parse(text)).items)
}

const press = ['daily.example', 'gazette.example', 'courier.example', 'launchpad.example']

function demoConfig(shipped: Config, url: string, outlets: readonly string[]): Config {
  return {
    ...shipped,
    historyFiles: [],
    watchItems: [
      ...shipped.watchItems,
      ...demoQuestions.map((item) => ({ ...item, file: 'demo', sinceGiven: true })),
    ],
    outlets: new Map([...shipped.outlets, ...press.map((outlet) => [outlet, 'established'] as const)]),
    feeds: [...outlets, ...quietFeeds].map((title) => ({ url: `${url}${pathOf(title)}`, title })),
    polling: { ...shipped.polling, allowPrivateHosts: ['127.0.0.1'], firstPollMaxAge: 100 * 365 * dayMs },
  }
}
