// npm test: prepares the checkout, then runs the tests (further arguments go to vitest).
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { ready } from './prepare.mjs'

await ready({ build: true })
const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url))
const { status } = spawnSync(process.execPath, [vitest, 'run', ...process.argv.slice(2)], {
  stdio: 'inherit',
})
process.exit(status ?? 1)
