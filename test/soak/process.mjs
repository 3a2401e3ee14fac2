// A daemon as it is, but for the clock, which runs faster. Its settings come as one argument, JSON. Runs what was built.
import process from 'node:process'
import { URL } from 'node:url'

const built = (path) => import(new URL(`../../dist/${path}`, import.meta.url).href)
const [{ serve }, { processIo }, { acceleratedClock }] = await Promise.all([
  built('cli/start.js'),
  built('cli/io.js'),
  built('pipeline/clock.js'),
])
const { began, beginMs, factor, ...options } = JSON.parse(process.argv[2])
// one clock for the daemon and for who publishes, whenever this process came to be
const since = Date.now() - began
const clock = acceleratedClock(new Date(beginMs + since * factor), factor)

const stopped = new Promise((resolve) => process.once('SIGTERM', () => resolve('SIGTERM')))
process.exitCode = await serve(processIo(process), { stopped }, { ...options, clock: () => clock })
process.exit()
