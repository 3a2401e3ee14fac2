import type { BenchRow } from './bench-row.ts'
import { both, cpuClock } from './cpu-clock.ts'
import { madeItems, putItems } from './made-items.ts'
import { openPollingSystem } from './polling-system.ts'
import { seedEntries, seedHistory } from './seed-store.ts'
import { wholeNumber } from './whole-number.ts'

const bench = 'report'
const sizes = [100, 1000, 10_000]
const stored = wholeNumber('OPENWATCH_BENCH_STORED', 100_000)
const matchesOfItem = 10
const feeds = 100

/** The status report from the database to the finished whole, over questions with a past. */
export const run = async (): Promise<BenchRow[]> => {
  const system = await openPollingSystem()
  try {
    const { pool } = system.db
    const urls = Array.from({ length: feeds }, (_, n) => `https://site${n}.example/feed`)
    await system.register(urls)
    await seedEntries(pool, { urls, from: 0, to: stored })
    const secondsOf = await cpuClock(pool)
    const rows: BenchRow[] = []
    for (const size of sizes) {
      await putItems(pool, madeItems(size, 0))
      await seedHistory(pool, matchesOfItem)
      await system.report()
      const seconds = await secondsOf(() => system.report())
      const of = `of ${size.toLocaleString('en')} questions with ${matchesOfItem} entries each`
      rows.push(
        { bench, figure: `report ${of}, on the wall`, value: seconds.wall * 1000, unit: 'ms' },
        {
          bench,
          figure: 'CPU of openwatch and Postgres for a question',
          value: (both(seconds) / size) * 1e6,
          unit: 'µs',
        },
      )
    }
    return rows
  } finally {
    await system.close()
  }
}
