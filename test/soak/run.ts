// npm run soak [-- --minutes N] [-- --days N] [-- --seed N] [-- --feeds N]; Ctrl-C ends it, and tells what was measured
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { numberOptions } from '../support/number-options.ts'
import { levelOf } from './level.ts'
import { leastDays, soak } from './soak.ts'
import { summary } from './summary.ts'

const asked = numberOptions('soak', { minutes: 60, days: 0, seed: 1, feeds: 60 })
const { minutes, seed, verbose } = asked
const feeds = Math.max(1, asked.feeds)
// three days a minute: half a year in an hour; and long enough, for what is deleted when it is old to have been old for long
const days = asked.days === 0 ? Math.max(leastDays * 2, minutes * 3) : asked.days
if (days < leastDays)
  process.stderr.write(
    `in ${days} days nothing is deleted for long enough: tables rise, and that means nothing. Let at least ${leastDays} days pass\n`,
  )
const ending = new AbortController()
process.once('SIGINT', () => ending.abort())
const realFeeds = fileURLToPath(new URL('../../../shared/corpus/feeds/raw', import.meta.url))
const soaked = await soak({
  ...{ seed, feeds, days, lastsMs: minutes * 60_000, hosts: Math.min(10, feeds) },
  realFeeds: existsSync(realFeeds) ? realFeeds : null,
  sampleMs: Math.max(1000, (minutes * 60_000) / 240),
  signal: ending.signal,
  ...(verbose && { wrote: (text: string) => process.stderr.write(text) }),
  progress: (text) => process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${text}\n`),
})
process.stdout.write(summary(soaked))
const isGood =
  soaked.wronglyDelivered === 0 && soaked.series.every((one) => one.isKept === true || levelOf(one).isLevel)
process.exit(isGood ? 0 : 1)
