// One target of `npm run fuzz` in a process of its own. Said to the parent: each batch before it begins, and the session.
import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs'
import { fuzz, type Session } from './session.ts'
import type { Fuzzing, Start } from './target.ts'
import { ownTools } from './tools.ts'

/** What the process is told in its one argument, as JSON. */
export interface Order {
  readonly module: string
  readonly seed: number
  /** Milliseconds; at least one batch is run. */
  readonly forMs: number
  readonly path?: string
  /** A file that has the input that is being tried, for when the process does not come back from it. */
  readonly trace?: string
}

/** What the process says. */
export type Said =
  { readonly kind: 'begins'; readonly seed: number } | { readonly kind: 'done'; readonly session: Session }

function say(said: Said): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined) resolve()
    else process.send(said, () => resolve())
  })
}

function writer(file: string): (input: string) => void {
  const to = openSync(file, 'w')
  process.once('exit', () => closeSync(to))
  return (input) => {
    ftruncateSync(to)
    writeSync(to, input, 0)
  }
}

async function run(order: Order): Promise<void> {
  const tools = ownTools()
  const { start } = (await import(order.module)) as { readonly start: Start }
  const fuzzing: Fuzzing = await start(tools)
  try {
    const end = Date.now() + order.forMs
    const session = await fuzz(fuzzing, {
      seed: order.seed,
      isOver: (runs) => runs > 0 && Date.now() >= end,
      begins: (seed) => say({ kind: 'begins', seed }),
      ...(order.path !== undefined && { path: order.path }),
      ...(order.trace !== undefined && { tries: writer(order.trace) }),
    })
    await say({ kind: 'done', session })
  } finally {
    await fuzzing.close?.()
    await tools.close()
  }
}

await run(JSON.parse(process.argv[2] ?? '{}') as Order)
// what a target left open must not keep the process
process.exit(0)
