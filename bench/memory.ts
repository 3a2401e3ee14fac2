import type { BenchRow } from './bench-row.ts'
import { openPollingSystem } from './polling-system.ts'
import { serveFeeds } from './served-feeds.ts'
import { wholeNumber } from './whole-number.ts'

const bench = 'memory'
const feeds = wholeNumber('OPENWATCH_BENCH_MEMORY_FEEDS', 2000)
const seconds = wholeNumber('OPENWATCH_BENCH_MEMORY_SECONDS', 60)
const itemsOfFeed = 5

/** Registers feeds, polls each once, then polls them unchanged for as long as wanted, without a pause. */
export const run = async (): Promise<BenchRow[]> => {
  const served = await serveFeeds(feeds, itemsOfFeed)
  const system = await openPollingSystem(served.urls)
  try {
    const registered = megabytes()
    await system.poll(served.urls, 'new')
    const polledOnce = megabytes()
    const { polls, half, most } = await pollOn(system.poll, served.urls)
    const row = (figure: string, value: number, unit = 'MB'): BenchRow => ({ bench, figure, value, unit })
    return [
      row(`memory (RSS) with ${feeds} feeds registered`, registered),
      row('after each was polled once', polledOnce),
      row(`half through ${seconds} s of unchanged polls`, half),
      row('at their end', megabytes()),
      row('the most seen meanwhile', most),
      row('unchanged polls in that time', polls, 'polls'),
    ]
  } finally {
    await system.close()
    served.close()
  }
}

const megabytes = (): number => process.memoryUsage.rss() / 1e6

/** Polls a hundred feeds at a time and looks at the memory after each hundred. */
const pollOn = async (
  poll: (urls: readonly string[], outcome: 'unchanged') => Promise<void>,
  urls: readonly string[],
): Promise<{ readonly polls: number; readonly half: number; readonly most: number }> => {
  const began = performance.now()
  let [polls, half, most] = [0, 0, 0]
  for (;;) {
    const from = polls % urls.length
    const some = urls.slice(from, from + 100)
    await poll(some, 'unchanged')
    polls += some.length
    const now = megabytes()
    const passed = (performance.now() - began) / 1000
    most = Math.max(most, now)
    if (passed >= seconds / 2 && half === 0) half = now
    if (passed >= seconds) return { polls, half, most }
  }
}
