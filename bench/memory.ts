import type { BenchRow } from './bench-row.ts'
import { openPollingSystem, type PollingSystem } from './polling-system.ts'
import { serveFeeds } from './served-feeds.ts'
import { wholeNumber } from './whole-number.ts'

const bench = 'memory'
const feeds = wholeNumber('OPENWATCH_BENCH_MEMORY_FEEDS', 2000)
const seconds = wholeNumber('OPENWATCH_BENCH_MEMORY_SECONDS', 60)
const itemsOfFeed = 5

/** Registers feeds, polls each once, then polls them unchanged for as long as wanted, without a pause. */
export const run = async (): Promise<BenchRow[]> => {
  const served = await serveFeeds(feeds, itemsOfFeed)
  const system = await openPollingSystem()
  try {
    await system.register(served.urls)
    const registered = megabytes()
    await system.pollAll(feeds, 'new')
    const polledOnce = megabytes()
    const { polls, half, most } = await pollOn(system)
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

/** Polls all feeds again and again, and looks at the memory every tenth of a second. */
const pollOn = async ({
  pollAll,
}: PollingSystem): Promise<{ readonly polls: number; readonly half: number; readonly most: number }> => {
  const began = performance.now()
  const passed = (): number => (performance.now() - began) / 1000
  let [polls, half, most] = [0, 0, 0]
  const look = setInterval(() => {
    const now = megabytes()
    most = Math.max(most, now)
    if (passed() >= seconds / 2 && half === 0) half = now
  }, 100)
  try {
    while (passed() < seconds) {
      await pollAll(feeds, 'unchanged')
      polls += feeds
    }
  } finally {
    clearInterval(look)
  }
  return { polls, half, most }
}
