// npm run screenshots [-- folder [path…]]: pictures of every page, light and dark, 390 and 1440 px wide, of an openwatch
// with a past of its own. With PORT in the environment that openwatch stays up afterwards, to be looked at by hand.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { ready } from './prepare.mjs'

await ready({ build: false })
const compiler = new URL('../test/support/typescript-loader.mjs', import.meta.url)
const run = fileURLToPath(new URL('../test/support/demo/screenshots.ts', import.meta.url))
const args = process.argv.slice(2).filter((argument) => argument !== '--')
const { status } = spawnSync(process.execPath, ['--import', compiler.href, run, ...args], {
  stdio: 'inherit',
})
process.exit(status ?? 1)
