// npm run torture [-- --seed N] [-- --kills N] [-- --stop SECONDS]; Ctrl-C ends the hurting, and compares
import { parseArgs } from 'node:util'
import { summary } from './summary.ts'
import { torture } from './torture.ts'

const { values } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
  options: {
    seed: { type: 'string', default: '1' },
    kills: { type: 'string', default: '100' },
    stop: { type: 'string', default: '6' },
    verbose: { type: 'boolean', default: false },
  },
})
const [seed, kills, stop] = [values.seed, values.kills, values.stop].map(Number)
if (!Number.isInteger(seed) || !Number.isInteger(kills) || !Number.isFinite(stop) || (kills ?? 0) < 1) {
  process.stderr.write('usage: npm run torture -- --seed N --kills N --stop SECONDS (whole numbers)\n')
  process.exit(2)
}
const ending = new AbortController()
process.once('SIGINT', () => ending.abort())
const tortured = await torture({
  signal: ending.signal,
  seed: seed ?? 1,
  kills: kills ?? 100,
  longestStopMs: (stop ?? 6) * 1000,
  night: true,
  progress: (text) => process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${text}\n`),
  wrote: (text) => values.verbose && process.stderr.write(text),
})
process.stdout.write(summary(tortured))
process.exit(tortured.differences.every(({ lost, doubled }) => lost.length + doubled.length === 0) ? 0 : 1)
