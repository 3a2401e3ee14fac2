// npm run torture [-- --seed N] [-- --kills N] [-- --stop SECONDS]; Ctrl-C ends the hurting, and compares
import { numberOptions } from '../support/number-options.ts'
import { summary } from './summary.ts'
import { torture } from './torture.ts'

const { seed, kills, stop, verbose } = numberOptions('torture', { seed: 1, kills: 100, stop: 6 })
const ending = new AbortController()
process.once('SIGINT', () => ending.abort())
const tortured = await torture({
  signal: ending.signal,
  seed,
  kills,
  longestStopMs: stop * 1000,
  night: true,
  progress: (text) => process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${text}\n`),
  wrote: (text) => verbose && process.stderr.write(text),
})
process.stdout.write(summary(tortured))
process.exit(tortured.differences.every(({ lost, doubled }) => lost.length + doubled.length === 0) ? 0 : 1)
