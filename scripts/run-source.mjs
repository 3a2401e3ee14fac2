// What the commands of bench, test/fuzz, test/soak and the like share: the checkout is prepared, then a source is run, compiled on
// the way.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { ready } from './prepare.mjs'

/**
 * Runs a source of this checkout with what stands behind the command, and ends with its exit code.
 * @param {string} path from the root of the checkout
 * @param {{ build?: boolean, endsItself?: boolean }} [manners] `build`: it runs what was built, too; `endsItself`: Ctrl-C is for it,
 *   which then tells what there is
 */
export async function runSource(path, { build = false, endsItself = false } = {}) {
  await ready({ build })
  const compiler = new URL('../test/support/typescript-loader.mjs', import.meta.url)
  const source = fileURLToPath(new URL(`../${path}`, import.meta.url))
  // "npm run bench -- percolate -- --json" hands the second "--" on
  const args = process.argv.slice(2).filter((argument) => argument !== '--')
  if (endsItself) process.on('SIGINT', () => undefined)
  const { status } = spawnSync(process.execPath, ['--import', compiler.href, source, ...args], {
    stdio: 'inherit',
  })
  process.exit(status ?? 1)
}
