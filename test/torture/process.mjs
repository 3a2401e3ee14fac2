// A daemon, a worker or a page as they are, but for the clock, which a file says how far to set off, and for patience.
// Its settings come as one argument, JSON. Runs what was built.
import { readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import process from 'node:process'
import { URL } from 'node:url'

const built = (path) => import(new URL(`../../dist/${path}`, import.meta.url).href)
const [{ serve }, { processIo }] = await Promise.all([built('cli/start.js'), built('cli/io.js')])
const { clockFile, ...options } = JSON.parse(process.argv[2])

let read = { at: -Infinity, offset: 0 }
function now() {
  if (performance.now() - read.at > 50)
    read = { at: performance.now(), offset: Number(readFileSync(clockFile, 'utf8')) }
  return new Date(Date.now() + read.offset)
}

const stopped = new Promise((resolve) => process.once('SIGTERM', () => resolve('SIGTERM')))
try {
  process.exitCode = await serve(processIo(process), { stopped }, { ...options, clock: () => ({ now }) })
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
process.exit()
