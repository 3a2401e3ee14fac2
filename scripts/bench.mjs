// npm run bench [-- NAME…] [-- --json]: prepares the checkout, then runs the benchmarks. Their sources are compiled on
// the way, so that a benchmark measures what is in src, built or not.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { ready } from './prepare.mjs'

await ready({ build: false })
const compiler = new URL('../test/support/typescript-loader.mjs', import.meta.url)
const run = fileURLToPath(new URL('../bench/run.ts', import.meta.url))
// "npm run bench -- percolate -- --json" hands the second "--" on
const args = process.argv.slice(2).filter((argument) => argument !== '--')
const { status } = spawnSync(process.execPath, ['--import', compiler.href, run, ...args], {
  stdio: 'inherit',
})
process.exit(status ?? 1)
