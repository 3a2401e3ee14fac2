import type { BenchRow } from './bench-row.ts'
import { both, cpuClock } from './cpu-clock.ts'
import { madeItems, putItems } from './made-items.ts'
import { openPollingSystem, type PollingSystem } from './polling-system.ts'
import { seedFeeds } from './seed-feeds.ts'
import { seedEntries, seedHistory } from './seed-store.ts'
import { serveFeeds } from './served-feeds.ts'
import { wholeNumber } from './whole-number.ts'

const bench = 'growth'
const itemCounts = [100, 1000, 10_000, 100_000]
const feedCounts = [100, 1000, 10_000, 100_000]
/** On more hosts than this the benchmark's server would run out of connections. */
const mostHosts = 1000
/** Entries that are stored already: ten thousand, then this many, in steps of a hundred times at most. */
const mostStored = wholeNumber('OPENWATCH_BENCH_STORED', 1_000_000)
const feedsAStep = 200
const itemsOfFeed = 30
/** Polls for each feed count: as many, so that every step measures the same work. */
const pollsAStep = 20_000

/** How the cost of an entry, a poll and a report grows with questions, feeds and stored entries. */
export const run = async (): Promise<BenchRow[]> => [
  ...(await withItems()),
  ...(await withStored()),
  ...(await withFeeds()),
]

/** A figure, told at once: the whole takes long. */
const row = (figure: string, value: number, unit: string): BenchRow => {
  process.stderr.write(`  ${figure}: ${Math.round(value)} ${unit}\n`)
  return { bench, figure, value, unit }
}
const many = (count: number): string => count.toLocaleString('en')

/** Polls feeds that were never polled; gives the CPU time of an entry in microseconds, and what is written at a time. */
const coldPolls = async (system: PollingSystem, urls: readonly string[]): Promise<number> => {
  const secondsOf = await cpuClock(system.db.pool)
  const seconds = await secondsOf(() => system.pollAll(urls.length, 'new'))
  return (both(seconds) / (urls.length * itemsOfFeed)) * 1e6
}

const withItems = async (): Promise<BenchRow[]> => {
  const warmUp = 20
  const step = feedsAStep + warmUp
  const served = await serveFeeds(step * (itemCounts.length + 1), itemsOfFeed, { answeredEvery: 10 })
  const system = await openPollingSystem()
  try {
    const rows: BenchRow[] = []
    for (const [n, count] of [itemCounts[0] ?? 0, ...itemCounts].entries()) {
      const urls = served.urls.slice(n * step, (n + 1) * step)
      await putItems(system.db.pool, madeItems(count, Math.ceil(served.urls.length / 10)).slice(0, count))
      // compiles the questions, which is not what is measured
      await system.register(urls.slice(0, warmUp))
      await system.pollAll(warmUp, 'new')
      await system.register(urls.slice(warmUp))
      const took = await coldPolls(system, urls.slice(warmUp))
      // the first step only warms the process up
      if (n > 0) rows.push(row(`${many(count)} watch items: CPU of a new entry, end to end`, took, 'µs'))
    }
    return rows
  } finally {
    await system.close()
    served.close()
  }
}

const withStored = async (): Promise<BenchRow[]> => {
  const sizes = [10_000, ...(mostStored > 1_000_000 ? [1_000_000] : []), mostStored]
  const served = await serveFeeds(feedsAStep * (sizes.length + 1), itemsOfFeed)
  const system = await openPollingSystem()
  const { pool } = system.db
  try {
    await putItems(pool, madeItems(1000, 0))
    const rows: BenchRow[] = []
    const step = (n: number): string[] => served.urls.slice(n * feedsAStep, (n + 1) * feedsAStep)
    await system.register(step(0))
    await system.pollAll(feedsAStep, 'new')
    for (const [n, size] of sizes.entries()) {
      const urls = step(n + 1)
      await system.register(urls)
      await seedEntries(pool, { urls, from: sizes[n - 1] ?? 0, to: size })
      if (n === 0) await seedHistory(pool, 10)
      const took = await coldPolls(system, urls)
      await system.report()
      const secondsOf = await cpuClock(pool)
      const report = await secondsOf(() => system.report())
      rows.push(
        row(`${many(size)} stored entries: CPU of a new entry`, took, 'µs'),
        row(`${many(size)} stored entries: report of 1,000 questions, on the wall`, report.wall * 1000, 'ms'),
      )
    }
    return rows
  } finally {
    await system.close()
    served.close()
  }
}

const withFeeds = async (): Promise<BenchRow[]> => {
  const rows: BenchRow[] = []
  for (const count of feedCounts) {
    const served = await serveFeeds(count, 1, { feedsOfHost: Math.max(10, count / mostHosts) })
    const system = await openPollingSystem()
    try {
      await seedFeeds(system.db.pool, served.urls)
      const secondsOf = await cpuClock(system.db.pool)
      const rounds = Math.ceil(pollsAStep / count)
      await system.pollAll(count, 'unchanged', Math.ceil(rounds / 4))
      const seconds = await secondsOf(() => system.pollAll(count, 'unchanged', rounds))
      const took = (both(seconds) / (rounds * count)) * 1e6
      rows.push(row(`${many(count)} feeds all due at once: CPU of a poll answered by 304`, took, 'µs'))
    } finally {
      await system.close()
      served.close()
    }
  }
  return rows
}
