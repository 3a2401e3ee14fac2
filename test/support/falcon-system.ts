import type { Grade } from '../../src/status/status.ts'
import type { Entry } from '../../src/matching/entry.ts'
import type { WatchItem } from '../../src/matching/watch-item.ts'
import { ingest } from '../../src/pipeline/ingest.ts'
import { createWatchSet } from '../../src/pipeline/watch-set.ts'
import { putFeed } from '../../src/store/feeds.ts'
import { falcon } from './falcon.ts'
import { testConfig, testSystem, type TestSystem } from './system.ts'

/** A system that watches for the rocket Falcon 3, at a time that a test sets, and hears news when it says so. */
export interface FalconSystem {
  readonly system: TestSystem
  /** The time by the system's clock; tests move it. */
  now: Date
  /** News come in, all at once. */
  came(...entries: readonly Entry[]): Promise<void>
}

/** From when on the rocket is watched for. */
export const falconSince = new Date('2025-01-01T00:00:00Z')

const outlets: readonly (readonly [string, Grade])[] = [
  ['press.test', 'established'],
  ['gazette.test', 'established'],
]

/** Builds one at a time. `items`: more questions than the one about the rocket. */
export async function falconSystem(
  now: Date,
  more: { readonly falcon?: Partial<WatchItem>; readonly items?: readonly WatchItem[] } = {},
): Promise<FalconSystem> {
  const items = [falcon(falconSince, { official: ['acme.test'], ...more.falcon }), ...(more.items ?? [])]
  const config = await testConfig({
    watchItems: items.map((item) => ({ ...item, file: 'test', sinceGiven: true })),
  })
  const live = { ...config, outlets: new Map([...config.outlets, ...outlets]) }
  const state = { now }
  const system = await testSystem({ config: live, clock: { now: () => state.now } })
  const feedId = await putFeed(
    system.db.pool,
    { url: 'http://feed.test/', title: null, homeUrl: null, outlet: null, topic: null, everyMs: null },
    { origin: 'user', now },
  )
  const routing = { channels: ['mail'], routes: [] }
  const watchSet = createWatchSet(() => system.config())
  return Object.assign(state, {
    system,
    async came(...entries: readonly Entry[]) {
      const options = {
        watchSet,
        now: state.now,
        silent: () => false,
        routing,
        reportUrl: system.reportUrl,
      }
      await system.db.transaction((tx) => ingest(tx, feedId, entries, options))
    },
  })
}

let count = 0

/** An entry about the rocket, published at noon UTC of a day. */
export function news(day: string, outlet: string, title: string, more: Partial<Entry> = {}): Entry {
  count += 1
  const id = `${outlet}-${count}`
  return {
    ...{ id, url: `https://${outlet}/${count}`, outlet, title, text: '', author: null, discussionUrl: null },
    publishedAt: new Date(`${day}T12:00:00Z`),
    ...more,
  }
}
