// npm run fuzz [-- NAME…] [-- --minutes N] [-- --seed S] [-- --json]: tries everything that comes in from outside with
// wild and changed input, a minute each where nothing else is said. Sources are compiled on the way.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { ready } from './prepare.mjs'

await ready({ build: false })
const compiler = new URL('../test/support/typescript-loader.mjs', import.meta.url)
const run = fileURLToPath(new URL('../test/fuzz/run.ts', import.meta.url))
const { status } = spawnSync(process.execPath, ['--import', compiler.href, run, ...process.argv.slice(2)], {
  stdio: 'inherit',
})
process.exit(status ?? 1)
