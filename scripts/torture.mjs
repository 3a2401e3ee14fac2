// npm run torture [-- --seed N] [-- --kills N] [-- --stop SECONDS]: kills and cuts openwatch at random moments, and compares what
// came of it with a run in peace. It runs what was built.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { ready } from './prepare.mjs'

await ready({ build: true })
const compiler = new URL('../test/support/typescript-loader.mjs', import.meta.url)
const run = fileURLToPath(new URL('../test/torture/run.ts', import.meta.url))
// Ctrl-C is for the run, which then compares what there is
process.on('SIGINT', () => undefined)
const { status } = spawnSync(process.execPath, ['--import', compiler.href, run, ...process.argv.slice(2)], {
  stdio: 'inherit',
})
process.exit(status ?? 1)
