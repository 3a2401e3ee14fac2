import { fork } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Order, Said } from './one.ts'
import type { Tried } from './print.ts'
import type { Session } from './session.ts'
import type { FuzzTarget } from './target.ts'

/** A batch that is not done after so many milliseconds hangs; findings are made smaller within it, and machines are busy. */
const patienceMs = 600_000
/** So long may pass before the first: sources are compiled, a database server is started. */
const startMs = 1_800_000

const compiler = new URL('../support/typescript-loader.mjs', import.meta.url)
const one = fileURLToPath(new URL('./one.ts', import.meta.url))

type Ending =
  | { readonly kind: 'done'; readonly session: Session }
  /** The process never came back from a batch, or ended within it. */
  | { readonly kind: 'lost'; readonly how: string; readonly seed: number; readonly said: string }

/** Tries a target in a process of its own, which may hang and break: then the input that does it is found as well. */
export async function tryTarget(
  { name, module }: FuzzTarget,
  { seed, forMs, path }: { readonly seed: number; readonly forMs: number; readonly path: string | undefined },
): Promise<Tried> {
  const began = Date.now()
  const order = { module: module.href, seed, forMs, ...(path !== undefined && { path }) }
  const ending = await run(order)
  const minutes = (Date.now() - began) / 60_000
  if (ending.kind === 'done') return { target: name, seed, minutes, session: ending.session }
  const input = await lostInput({ ...order, seed: ending.seed, forMs: 0 })
  const finding = { what: ending.how, error: ending.said, input, seed: ending.seed, path: '', times: 1 }
  return { target: name, seed, minutes, session: { runs: Number.NaN, findings: [finding] } }
}

function run(order: Order): Promise<Ending> {
  return new Promise((resolve) => {
    let seed = order.seed
    let session: Session | null = null
    let said = ''
    let how: string | null = null
    const child = fork(one, [JSON.stringify(order)], {
      execArgv: ['--import', compiler.href, '--max-old-space-size=2048'],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    const hangs = () => {
      how = `an input does not come to an end within ${patienceMs / 1000} s`
      child.kill('SIGKILL')
    }
    let clock = setTimeout(hangs, startMs)
    const hear = (text: string) => (said = (said + text).slice(-5000))
    child.stdout?.setEncoding('utf8').on('data', hear)
    child.stderr?.setEncoding('utf8').on('data', hear)
    child.on('message', (message) => {
      const heard = message as Said
      if (heard.kind === 'done') session = heard.session
      else seed = heard.seed
      clearTimeout(clock)
      clock = setTimeout(hangs, patienceMs)
    })
    child.once('close', (code, signal) => {
      clearTimeout(clock)
      if (session !== null) resolve({ kind: 'done', session })
      else
        resolve({ kind: 'lost', how: how ?? `the process ended with ${signal ?? code ?? '?'}`, seed, said })
    })
  })
}

/** Runs the batch once more, and looks at what was being tried when it was lost. */
async function lostInput(order: Order): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'openwatch-fuzz-trace-'))
  const trace = join(folder, 'input')
  try {
    const again = await run({ ...order, trace })
    if (again.kind === 'done') return '(it did not come again)'
    return await readFile(trace, 'utf8').catch(() => '(it was lost before the first input)')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
