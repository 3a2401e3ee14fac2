// npm run soak [-- --minutes N] [-- --days N] [-- --seed N] [-- --feeds N]; Ctrl-C ends it, and tells what was measured
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { levelOf } from './level.ts'
import { soak } from './soak.ts'
import { summary } from './summary.ts'

const { values } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
  options: {
    minutes: { type: 'string', default: '60' },
    days: { type: 'string' },
    seed: { type: 'string', default: '1' },
    feeds: { type: 'string', default: '60' },
    verbose: { type: 'boolean', default: false },
  },
})
const [minutes = 0, seed = 0, feeds = 0] = [values.minutes, values.seed, values.feeds].map(Number)
// three days a minute: half a year in an hour
const days = Number(values.days ?? minutes * 3)
if (!(minutes > 0) || !Number.isInteger(seed) || !(feeds >= 1) || !(days > 0)) {
  process.stderr.write('usage: npm run soak -- --minutes N --days N --seed N --feeds N\n')
  process.exit(2)
}
const ending = new AbortController()
process.once('SIGINT', () => ending.abort())
const realFeeds = fileURLToPath(new URL('../../../shared/corpus/feeds/raw', import.meta.url))
const soaked = await soak({
  ...{ seed, feeds, days, lastsMs: minutes * 60_000, hosts: Math.min(10, feeds) },
  realFeeds: existsSync(realFeeds) ? realFeeds : null,
  sampleMs: Math.max(1000, (minutes * 60_000) / 240),
  signal: ending.signal,
  ...(values.verbose && { wrote: (text: string) => process.stderr.write(text) }),
  progress: (text) => process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${text}\n`),
})
process.stdout.write(summary(soaked))
const isGood =
  soaked.wronglyDelivered === 0 && soaked.series.every((one) => one.isKept === true || levelOf(one).isLevel)
process.exit(isGood ? 0 : 1)
