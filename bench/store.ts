import type { Entry } from '../src/matching/entry.ts'
import { insertEntries, type Listed } from '../src/store/entries.ts'
import type { BenchRow } from './bench-row.ts'
import { both, cpuClock, type Seconds } from './cpu-clock.ts'
import { openBenchDatabase } from './bench-database.ts'
import { randomFrom, wordOf, zipf } from './percolate-material.ts'

const bench = 'store'
const feeds = 2000
const itemsOfFeed = 30
/** Feeds in one transaction, as the daemon has them. */
const batch = 20

/** Stores entries with their first texts, and then finds them all known: the limit that the database sets. */
export const run = async (): Promise<BenchRow[]> => {
  const database = await openBenchDatabase()
  const { db } = database
  try {
    const secondsOf = await cpuClock(db.pool)
    const lists = madeLists()
    const now = new Date()
    const pass = async (some: readonly Listed[]): Promise<void> => {
      for (let at = 0; at < some.length; at += batch) {
        await db.transaction((tx) => insertEntries(tx, some.slice(at, at + batch), now))
      }
    }
    await pass(lists.slice(0, feeds / 10))
    const rest = lists.slice(feeds / 10)
    const entries = rest.length * itemsOfFeed
    const stored = await secondsOf(() => pass(rest))
    const known = await secondsOf(() => pass(rest))
    return [
      ...rows('new entries stored with their texts', entries, stored),
      ...rows('entries found known', entries, known),
    ]
  } finally {
    await database.close()
  }
}

const rows = (what: string, entries: number, seconds: Seconds): BenchRow[] => [
  {
    bench,
    figure: `${what}, a CPU second of openwatch and Postgres`,
    value: entries / both(seconds),
    unit: 'entries/s',
  },
  { bench, figure: 'of it Postgres', value: (seconds.postgres ?? Number.NaN) / both(seconds), unit: 's' },
]

const madeLists = (): Listed[] => {
  const next = zipf(randomFrom(11))
  const words = (count: number): string => Array.from({ length: count }, () => wordOf(next())).join(' ')
  return Array.from({ length: feeds }, (_, feed) => ({
    feedId: feed + 1,
    listing: 'whole' as const,
    entries: Array.from({ length: itemsOfFeed }, (_, n): Entry => {
      const url = `https://site${feed}.example/${n}`
      const publishedAt = new Date(Date.now() - n * 3_600_000)
      const rest = { outlet: `site${feed}.example`, author: null, discussionUrl: null }
      return { id: `${feed}-${n}`, url, title: words(10), text: words(55), publishedAt, ...rest }
    }),
  }))
}
