import { inspect } from 'node:util'
import fc from 'fast-check'
import type { Fuzzing } from './target.ts'

/** An input that did what no input may do. */
export interface Finding {
  /** What went wrong, in one line. */
  readonly what: string
  /** The whole error. */
  readonly error: string
  /** The smallest input that was found to do it. */
  readonly input: string
  /** `--seed` and `--path` with which it comes again. */
  readonly seed: number
  readonly path: string
  /** How often it came. */
  times: number
}

export interface Session {
  readonly runs: number
  readonly findings: readonly Finding[]
}

export interface SessionOptions {
  readonly seed: number
  /** No batch is begun when this says so; `runs` have been made. */
  readonly isOver: (runs: number) => boolean
  /** Inputs that are made from one seed. */
  readonly batch?: number
  /** Goes straight to the input of an earlier finding. */
  readonly path?: string
  /** Is told before a batch, with its seed. */
  readonly begins?: (seed: number) => Promise<void>
  /** Is told every input before it is tried. */
  readonly tries?: (input: string) => void
}

/** Inputs that are made from one seed, where nothing else is said. */
const usualBatch = 100

/** A finding is made smaller for so long at most, in milliseconds. */
const shrinkMs = 60_000

/** Tries inputs, batch after batch, until it is over. What was found once is only counted from then on. */
export async function fuzz(fuzzing: Fuzzing, options: SessionOptions): Promise<Session> {
  const findings = new Map<string, Finding>()
  let runs = 0
  let failedAt: number | null = null
  const property = fc.asyncProperty(fuzzing.inputs, async (input) => {
    // what fast-check itself would interrupt goes on beside the next batch
    if (failedAt !== null && Date.now() - failedAt > shrinkMs) return
    runs += 1
    options.tries?.(fc.stringify(input))
    try {
      await tried(fuzzing, input)
    } catch (error) {
      const known = findings.get(sortOf(error))
      if (known === undefined) {
        failedAt ??= Date.now()
        throw error
      }
      known.times += 1
    }
  })
  for (let seed = options.seed; !options.isOver(runs); seed++) {
    await options.begins?.(seed)
    const report = await fc.check(property, {
      seed,
      numRuns: options.batch ?? usualBatch,
      ...(options.path !== undefined && { path: options.path, endOnFailure: true }),
    })
    failedAt = null
    if (report.failed && report.counterexample !== null) {
      const error = report.errorInstance
      findings.set(sortOf(error), {
        what: firstLine(error),
        error: inspect(error),
        input: fc.stringify(report.counterexample[0]),
        seed: report.seed,
        path: report.counterexamplePath,
        times: 1,
      })
    }
    if (options.path !== undefined) break
  }
  return { runs, findings: [...findings.values()] }
}

/** What costs too much is tried once more: the machine may have been busy with itself. */
async function tried(fuzzing: Fuzzing, input: unknown): Promise<void> {
  const mostMs = fuzzing.mostMs ?? 1000
  const first = await costOf(fuzzing, input)
  const spentMs = first > mostMs ? Math.min(first, await costOf(fuzzing, input)) : first
  if (spentMs > mostMs)
    throw new Error(`took ${Math.round(spentMs)} ms of processor time, more than ${mostMs}`)
}

/** Processor time in milliseconds: the clock on the wall goes on while others work. */
async function costOf(fuzzing: Fuzzing, input: unknown): Promise<number> {
  const before = process.cpuUsage()
  await fuzzing.check(input)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

/** By this the same finding is known again: the message without what differs, and where in our sources it came from. */
function sortOf(error: unknown): string {
  const place = error instanceof Error ? /\/(?:src|test)\/\S+?\.tsx?/.exec(error.stack ?? '')?.[0] : ''
  return `${firstLine(error).replaceAll(/\d+/g, '0').slice(0, 60)} ${place ?? ''}`
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return (text.split('\n')[0] ?? '').slice(0, 200)
}
