import { setTimeout as sleep } from 'node:timers/promises'
import { openBenchDatabase, type BenchDatabase } from './bench-database.ts'
import type { BenchRow } from './bench-row.ts'
import { madeItems, putItems } from './made-items.ts'
import { lastPoll, register } from './polling-system.ts'
import { seedFeeds } from './seed-feeds.ts'
import { serveFeeds, type ServedFeeds } from './served-feeds.ts'
import { serverClock } from './server-clock.ts'
import { wholeNumber } from './whole-number.ts'
import { startWorkers, type WorkerFleet } from './worker-fleet.ts'

const bench = 'workers'
const feeds = wholeNumber('OPENWATCH_BENCH_FEEDS', 2000)
const itemsOfFeed = 10
const watchItems = 1000
const fleets = [1, 2, 4]
/** Feeds of hosts that answer slowly, how many share a host, and how long an answer takes, in milliseconds. */
const slow = { feeds: 2000, feedsOfHost: 5, delayMs: 200 }
/** How long polls are counted, in milliseconds. */
const countedMs = 5000
/** How often is looked whether all is polled, in milliseconds. */
const lookMs = 50

/**
 * What 1, 2 and 4 worker processes do together on one Postgres: new entries, then feeds that are always due again, first of
 * hosts that answer at once, then of slow ones.
 */
export const run = async (): Promise<BenchRow[]> => {
  const rows: BenchRow[] = []
  const quick = await serveFeeds(feeds, itemsOfFeed)
  try {
    for (const workers of fleets) rows.push(...quickRows(workers, await quickPolls(workers, quick)))
  } finally {
    quick.close()
  }
  const late = await serveFeeds(slow.feeds, 1, slow)
  try {
    for (const workers of fleets) rows.push(...slowRows(workers, await slowPolls(workers, late)))
  } finally {
    late.close()
  }
  return rows
}

interface Polls {
  /** Polls answered by 304 a second, on the wall. */
  readonly polls: number
  /** CPU seconds for each second of those polls, of workers and of Postgres; NaN where nothing tells. */
  readonly own: number
  readonly postgres: number
  /** Polls that began before the last one of their feed was written down. */
  readonly doubled: number
}

const nameOf = (workers: number): string => (workers === 1 ? '1 worker' : `${workers} workers`)

const quickRows = (
  workers: number,
  { entries, polls, own, postgres, doubled }: Polls & { readonly entries: number },
): BenchRow[] => {
  const who = nameOf(workers)
  const rows: [string, number, string][] = [
    ['new entries, on the wall', entries, 'entries/s'],
    ['polls answered by 304, on the wall', polls, 'polls/s'],
    ['the same, a CPU second of them and Postgres', polls / (own + postgres), 'polls/s'],
    ['the same, a CPU second of Postgres', polls / postgres, 'polls/s'],
    ['feeds polled twice at once', doubled, 'polls'],
  ]
  return rows.map(([what, value, unit]) => ({ bench, figure: `${who}: ${what}`, value, unit }))
}

const slowRows = (
  workers: number,
  { polls, postgres, doubled, atOnce }: Polls & { readonly atOnce: number },
): BenchRow[] => {
  const who = `${nameOf(workers)}, hosts that take ${slow.delayMs} ms`
  const rows: [string, number, string][] = [
    ['polls answered by 304, on the wall', polls, 'polls/s'],
    ['the same, a CPU second of Postgres', polls / postgres, 'polls/s'],
    ['feeds polled twice at once', doubled, 'polls'],
    ['hosts asked by two at once', atOnce, 'requests'],
  ]
  return rows.map(([what, value, unit]) => ({ bench, figure: `${who}: ${what}`, value, unit }))
}

const withFleet = async <T>(
  workers: number,
  measure: (database: BenchDatabase, fleet: WorkerFleet) => Promise<T>,
): Promise<T> => {
  const database = await openBenchDatabase()
  let fleet: WorkerFleet | null = null
  try {
    fleet = await startWorkers(workers, database.url)
    return await measure(database, fleet)
  } finally {
    await fleet?.close()
    await database.close()
  }
}

const quickPolls = (workers: number, { urls }: ServedFeeds): Promise<Polls & { readonly entries: number }> =>
  withFleet(workers, async (database, fleet) => {
    await putItems(database.db.pool, madeItems(watchItems, 0))
    const entries = await coldRate(database, urls)
    return { entries, ...(await unchangedRate(database, fleet)) }
  })

const slowPolls = (workers: number, served: ServedFeeds): Promise<Polls & { readonly atOnce: number }> =>
  withFleet(workers, async (database, fleet) => {
    await seedFeeds(database.db.pool, served.urls)
    await served.answers()
    const polls = await unchangedRate(database, fleet)
    const { atOnce } = await served.answers()
    return { ...polls, atOnce }
  })

/** From when a tenth of all feeds is polled until nine tenths are: beginning and end are not the same for all. */
const coldRate = async ({ db }: BenchDatabase, urls: readonly string[]): Promise<number> => {
  const polled = async (): Promise<number> => {
    const { rows } = await db.pool.query<{ n: number }>(
      'select count(*)::int as n from feed where last_ok_at is not null',
    )
    return rows[0]?.n ?? 0
  }
  const reach = async (share: number): Promise<{ at: number; feeds: number }> => {
    for (;;) {
      const count = await polled()
      if (count >= feeds * share) return { at: performance.now(), feeds: count }
      await sleep(lookMs)
    }
  }
  await register(db, urls)
  const begun = await reach(0.1)
  const ended = await reach(0.9)
  await reach(1)
  return ((ended.feeds - begun.feeds) * itemsOfFeed) / ((ended.at - begun.at) / 1000)
}

/** Counts polls while every feed is due again as soon as it is polled. */
const unchangedRate = async ({ db }: BenchDatabase, fleet: WorkerFleet): Promise<Polls> => {
  const clock = await serverClock(db.pool)
  const ofPostgres = async (): Promise<number> => (await clock?.()) ?? Number.NaN
  await db.pool.query(`update feed set every_ms = 1, next_poll_at = now()`)
  await sleep(countedMs / 3)
  const first = await lastPoll(db)
  const [own, postgres, began] = [await fleet.seconds(), await ofPostgres(), performance.now()]
  await sleep(countedMs)
  const { rows } = await db.pool.query<{ polls: number; doubled: number }>(
    `select count(*)::int as polls,
       (count(*) filter (where at - duration_ms * interval '1 ms' < before))::int as doubled
     from (select at, duration_ms, lag(at) over (partition by feed_id order by at) as before from poll where id > $1) p`,
    [first],
  )
  const seconds = (performance.now() - began) / 1000
  const { polls = 0, doubled = 0 } = rows[0] ?? {}
  return {
    polls: polls / seconds,
    own: ((await fleet.seconds()) - own) / seconds,
    postgres: ((await ofPostgres()) - postgres) / seconds,
    doubled,
  }
}
