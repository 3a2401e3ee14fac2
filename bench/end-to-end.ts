import type { BenchRow, SkippedRow } from './bench-row.ts'
import { both, cpuClock } from './cpu-clock.ts'
import { nowMs } from './delivery-report.ts'
import { madeItems, putItems } from './made-items.ts'
import { measureNewsboat } from './newsboat.ts'
import { openPollingSystem } from './polling-system.ts'
import { serveFeeds } from './served-feeds.ts'
import { wholeNumber } from './whole-number.ts'

const bench = 'end-to-end'
const feeds = wholeNumber('OPENWATCH_BENCH_FEEDS', 500)
const items = wholeNumber('OPENWATCH_BENCH_WATCH_ITEMS', 10_000)
const itemsOfFeed = 30
/** Feeds that are polled before anything is measured: a daemon has been running for long, and all its code is compiled. */
const feedsBefore = wholeNumber('OPENWATCH_BENCH_FEEDS_BEFORE', 6000)
/** Of so many feeds one brings an alert: of 300 entries one. */
const answeredEvery = 10
/** How long the latency is measured, in seconds, and how long the same goes on before: it begins with thousands of feeds being registered. */
const latencySeconds = 15
const secondsBefore = 5
/** How long to wait for the last alerts, in milliseconds. */
const patienceMs = 30_000
/** The pause between two looks for what is due while it is, in milliseconds. */
const tickMs = 50

/** From bytes on loopback to committed rows and queued alerts, with 10,000 questions. */
export const run = async (): Promise<(BenchRow | SkippedRow)[]> => {
  // at most what a latency run at full speed could need
  const paced = Math.ceil((12_000 / itemsOfFeed) * (secondsBefore + latencySeconds))
  const served = await serveFeeds(feedsBefore + feeds + paced, itemsOfFeed, { answeredEvery })
  const written = new Map<string, number>()
  const system = await openPollingSystem(({ feed, ingested }) => {
    if ((ingested?.changes.length ?? 0) > 0) written.set(feed.url, nowMs())
  })
  try {
    await putItems(system.db.pool, madeItems(items, Math.ceil(served.urls.length / answeredEvery)))
    const before = served.urls.slice(0, feedsBefore)
    const measured = served.urls.slice(feedsBefore, feedsBefore + feeds)
    await system.register(before)
    await system.pollAll(before.length, 'new')
    await system.register(measured)
    const secondsOf = await cpuClock(system.db.pool)
    const seconds = await secondsOf(() => system.pollAll(measured.length, 'new'))
    const rate = (feeds * itemsOfFeed) / both(seconds)
    const changed = written.size
    written.clear()
    const allSeconds = secondsBefore + latencySeconds
    const perSecond = Math.min(Math.floor(rate / 2 / itemsOfFeed), Math.floor(paced / allSeconds))
    const rest = served.urls.slice(feedsBefore + feeds).slice(0, perSecond * allSeconds)
    const took = await latencies({ system, served, rest, perSecond, written })
    await system.close()
    const peer = await measureNewsboat({ ...served, urls: measured }, itemsOfFeed)
    const row = (figure: string, value: number, unit: string): BenchRow => ({ bench, figure, value, unit })
    const newsboat = peer === null ? null : (feeds * itemsOfFeed) / peer.cold
    const ahead = `with ${items.toLocaleString('en')} watch items, `
    return [
      {
        ...row(
          `${ahead}entries fetched, stored and judged a CPU second of openwatch and Postgres`,
          rate,
          'entries/s',
        ),
        ...(newsboat !== null && { yardstick: 'newsboat, empty cache', ratio: rate / newsboat }),
      },
      row("of it openwatch's process", seconds.own / both(seconds), 's'),
      row('status changes recorded and alerts queued meanwhile', changed, 'changes'),
      row(
        `from bytes received to alert queued, median, at ${perSecond * itemsOfFeed} entries/s`,
        quantile(took, 0.5),
        'ms',
      ),
      row('the same, 99th percentile', quantile(took, 0.99), 'ms'),
      row('alerts that were measured', took.length, 'alerts'),
    ]
  } finally {
    await system.close()
    served.close()
  }
}

interface Paced {
  readonly system: Awaited<ReturnType<typeof openPollingSystem>>
  readonly served: Awaited<ReturnType<typeof serveFeeds>>
  readonly rest: readonly string[]
  readonly perSecond: number
  readonly written: ReadonlyMap<string, number>
}

/** Has feeds come to be due at a steady rate; gives how long each alert took from the feed's last bytes, in milliseconds. */
const latencies = async ({ system, served, rest, perSecond, written }: Paced): Promise<number[]> => {
  await system.register(rest)
  await system.db.pool.query(
    `update feed set next_poll_at = now() + interval '1 second' + place * interval '1 second' / $2::int
     from unnest($1::text[]) with ordinality as paced(url, place) where feed.url = paced.url`,
    [rest, perSecond],
  )
  const expected = rest.filter((url) => numberOf(url) % answeredEvery === 0)
  const end = performance.now() + (rest.length / perSecond) * 1000 + patienceMs
  while (expected.some((url) => !written.has(url)) && performance.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, tickMs))
    await system.look()
  }
  const counted = expected.slice(
    Math.floor((expected.length * secondsBefore) / (secondsBefore + latencySeconds)),
  )
  const sent = await served.sent()
  // what never came took for ever
  return counted.map(
    (url) => (written.get(url) ?? Number.POSITIVE_INFINITY) - (sent[numberOf(url)] ?? Number.NaN),
  )
}

/** A feed's number, which its address ends in. */
const numberOf = (url: string): number => Number(url.slice(url.lastIndexOf('/') + 1))

const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ??
  Number.NaN
