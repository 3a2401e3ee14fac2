import type { BenchRow, SkippedRow } from './bench-row.ts'
import { measureNewsboat, type NewsboatSeconds } from './newsboat.ts'
import { openPollingSystem, type PollingSystem } from './polling-system.ts'
import { serveFeeds } from './served-feeds.ts'
import { serverClock } from './server-clock.ts'
import { wholeNumber } from './whole-number.ts'

const bench = 'poll'
const feeds = wholeNumber('OPENWATCH_BENCH_FEEDS', 500)
const items = wholeNumber('OPENWATCH_BENCH_FEED_ITEMS', 30)
/** Feeds that are polled before anything is measured: a daemon has been running for long. */
const feedsBefore = wholeNumber('OPENWATCH_BENCH_FEEDS_BEFORE', 3000)
/** How often each feed is polled for the unchanged ones, and how often before. */
const rounds = 20
const roundsBefore = 5

/** CPU seconds, of openwatch's own process and of the whole Postgres server (null where nothing tells). */
interface Seconds {
  readonly own: number
  readonly postgres: number | null
}

/** Polls feeds of loopback into Postgres, cold and then unchanged, beside newsboat on the same feeds. */
export const run = async (): Promise<(BenchRow | SkippedRow)[]> => {
  const served = await serveFeeds(feeds + feedsBefore, items)
  const urls = served.urls.slice(0, feeds)
  const system = await openPollingSystem()
  try {
    const measured = await measureOwn(system, urls, served.urls.slice(feeds))
    await system.close()
    const peer = await measureNewsboat({ ...served, urls }, items)
    return [
      ...rowsOf('cold polls: entries parsed, deduplicated and stored', 'entries/s', {
        count: feeds * items,
        own: measured.cold,
        peer: peer && (feeds * items) / peer.cold,
      }),
      ...rowsOf('polls answered by 304, state kept', 'polls/s', {
        count: feeds * rounds,
        own: measured.unchanged,
        peer: peer && feeds / peer.unchanged,
      }),
      ...(peer === null ? [skipped] : peerRows(peer)),
    ]
  } finally {
    await system.close()
    served.close()
  }
}

const skipped: SkippedRow = {
  bench,
  figure: 'beside newsboat -x reload',
  skipped: 'newsboat is not installed, or this is not Linux; on Debian: bash scripts/bench-peers.sh',
}

const measureOwn = async (
  { db, register, pollAll }: PollingSystem,
  urls: readonly string[],
  others: readonly string[],
): Promise<{ readonly cold: Seconds; readonly unchanged: Seconds }> => {
  const clock = await serverClock(db.pool)
  const secondsOf = async (work: () => Promise<void>): Promise<Seconds> => {
    const server = (await clock?.()) ?? null
    const before = process.cpuUsage()
    await work()
    const { user, system } = process.cpuUsage(before)
    const after = (await clock?.()) ?? null
    return { own: (user + system) / 1e6, postgres: server === null || after === null ? null : after - server }
  }
  await register(others)
  await pollAll(others.length, 'new')
  await register(urls)
  const cold = await secondsOf(() => pollAll(urls.length, 'new'))
  // newsboat polls the 500 alone, too
  await db.pool.query(`update feed set next_poll_at = now() + interval '10 years' where url = any($1)`, [
    others,
  ])
  await pollAll(urls.length, 'unchanged', roundsBefore)
  const unchanged = await secondsOf(() => pollAll(urls.length, 'unchanged', rounds))
  return { cold, unchanged }
}

/** The figure of openwatch's own process, of the server alone, and of both together. */
const rowsOf = (
  what: string,
  unit: string,
  { count, own, peer }: { readonly count: number; readonly own: Seconds; readonly peer: number | null },
): BenchRow[] => {
  const row = (figure: string, seconds: number): BenchRow => {
    const value = count / seconds
    const beside = peer === null ? {} : { yardstick: 'newsboat', ratio: value / peer }
    return { bench, figure, value, unit, ...beside }
  }
  const rows = [row(`${what}, a CPU second of openwatch's process`, own.own)]
  if (own.postgres === null) return rows
  const share = {
    bench,
    figure: 'CPU of Postgres for each CPU second of that',
    value: own.postgres / own.own,
  }
  return [
    ...rows,
    { ...share, unit: 's' },
    row('the same, a CPU second of openwatch and Postgres together', own.own + own.postgres),
  ]
}

const peerRows = ({ cold, unchanged }: NewsboatSeconds): BenchRow[] => [
  { bench, figure: 'newsboat, empty cache', value: (feeds * items) / cold, unit: 'entries/s' },
  { bench, figure: 'newsboat, every feed 304', value: feeds / unchanged, unit: 'polls/s' },
]
