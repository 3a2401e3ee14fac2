// npm run soak [-- --minutes N] [-- --days N]: lets a daemon watch months go by in an hour, and says whether what it takes
// levels off. It runs what was built.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { ready } from './prepare.mjs'

await ready({ build: true })
const compiler = new URL('../test/support/typescript-loader.mjs', import.meta.url)
const run = fileURLToPath(new URL('../test/soak/run.ts', import.meta.url))
// Ctrl-C is for the run, which then tells what there is
process.on('SIGINT', () => undefined)
const { status } = spawnSync(process.execPath, ['--import', compiler.href, run, ...process.argv.slice(2)], {
  stdio: 'inherit',
})
process.exit(status ?? 1)
