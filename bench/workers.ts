import { setTimeout as sleep } from 'node:timers/promises'
import { openBenchDatabase, type BenchDatabase } from './bench-database.ts'
import type { BenchRow } from './bench-row.ts'
import { madeItems, putItems } from './made-items.ts'
import { lastPoll, register } from './polling-system.ts'
import { serveFeeds, type ServedFeeds } from './served-feeds.ts'
import { serverClock } from './server-clock.ts'
import { wholeNumber } from './whole-number.ts'
import { startWorkers, type WorkerFleet } from './worker-fleet.ts'

const bench = 'workers'
const feeds = wholeNumber('OPENWATCH_BENCH_FEEDS', 2000)
const itemsOfFeed = 10
const watchItems = 1000
const fleets = [1, 2, 4]
/** How long polls are counted, in milliseconds. */
const countedMs = 5000
/** How often is looked whether all is polled, in milliseconds. */
const lookMs = 50

/** What 1, 2 and 4 worker processes do together on one Postgres: new entries, then feeds that are always due again. */
export const run = async (): Promise<BenchRow[]> => {
  const served = await serveFeeds(feeds, itemsOfFeed)
  try {
    const rows: BenchRow[] = []
    for (const workers of fleets) rows.push(...rowsOf(workers, await measure(workers, served)))
    return rows
  } finally {
    served.close()
  }
}

interface Measured {
  /** New entries stored a second, on the wall. */
  readonly entries: number
  /** Polls answered by 304 a second, on the wall. */
  readonly polls: number
  /** CPU seconds of workers and Postgres for each second of those polls; NaN where nothing tells. */
  readonly cpu: number
  /** Polls that began less than the interval after another one of their feed. */
  readonly doubled: number
}

const rowsOf = (workers: number, { entries, polls, cpu, doubled }: Measured): BenchRow[] => {
  const who = workers === 1 ? '1 worker' : `${workers} workers`
  return [
    { bench, figure: `${who}: new entries, on the wall`, value: entries, unit: 'entries/s' },
    { bench, figure: `${who}: polls answered by 304, on the wall`, value: polls, unit: 'polls/s' },
    {
      bench,
      figure: `${who}: the same, a CPU second of them and Postgres`,
      value: polls / cpu,
      unit: 'polls/s',
    },
    { bench, figure: `${who}: feeds polled twice at once`, value: doubled, unit: 'polls' },
  ]
}

const measure = async (number: number, { urls }: ServedFeeds): Promise<Measured> => {
  const database = await openBenchDatabase()
  let fleet: WorkerFleet | null = null
  try {
    fleet = await startWorkers(number, database.url)
    await putItems(database.db.pool, madeItems(watchItems, 0))
    const entries = await coldRate(database, urls)
    return { entries, ...(await unchangedRate(database, fleet)) }
  } finally {
    await fleet?.close()
    await database.close()
  }
}

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
const unchangedRate = async (
  { db }: BenchDatabase,
  fleet: WorkerFleet,
): Promise<Pick<Measured, 'polls' | 'cpu' | 'doubled'>> => {
  const clock = await serverClock(db.pool)
  const cpuSeconds = async (): Promise<number> => (await fleet.seconds()) + ((await clock?.()) ?? Number.NaN)
  await db.pool.query(`update feed set every_ms = 1, next_poll_at = now()`)
  await sleep(countedMs / 3)
  const first = await lastPoll(db)
  const [cpu, began] = [await cpuSeconds(), performance.now()]
  await sleep(countedMs)
  const { rows } = await db.pool.query<{ polls: number; doubled: number }>(
    `select count(*)::int as polls,
       (count(*) filter (where at - duration_ms * interval '1 ms' < before))::int as doubled
     from (select at, duration_ms, lag(at) over (partition by feed_id order by at) as before from poll where id > $1) p`,
    [first],
  )
  const seconds = (performance.now() - began) / 1000
  const { polls = 0, doubled = 0 } = rows[0] ?? {}
  return { polls: polls / seconds, cpu: ((await cpuSeconds()) - cpu) / seconds, doubled }
}
