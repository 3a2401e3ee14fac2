// npm run bench: runs the benchmarks one after the other and prints what they measured.
import { fork } from 'node:child_process'
import { loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { BenchRow, SkippedRow } from './bench-row.ts'
import { describeMachine } from './machine.ts'
import { renderJson, renderText, type Outcome } from './print.ts'
import { benchmarks, type Benchmark } from './registry.ts'

/** Where a run writes to: results to `out`, progress and faults to `err`. */
export interface BenchOutput {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  /** Columns of the terminal; Infinity where results go elsewhere. */
  readonly width: number
}

/**
 * Runs the named benchmarks (all, where none is named), each in a process of its own so that none is warmed or weighed
 * down by another. Returns the exit code: 0, 1 when one failed (the others still ran), 2 when the arguments are wrong.
 */
export const runBenchmarks = async (
  args: readonly string[],
  known: readonly Benchmark[],
  output: BenchOutput,
): Promise<number> => {
  const wanted = readArguments(args, known)
  if ('mistake' in wanted) {
    output.err(`bench: ${wanted.mistake}\n${usage(known)}`)
    return 2
  }
  const before = loadavg()
  const outcomes: Outcome[] = []
  for (const benchmark of wanted.benchmarks) {
    output.err(`bench: ${benchmark.name} (${benchmark.about}) …\n`)
    await compileFor(benchmark)
    outcomes.push(await outcomeOf(benchmark, output.err))
  }
  const machine = describeMachine(before, loadavg())
  output.out(wanted.json ? renderJson(machine, outcomes) : renderText(machine, outcomes, output.width))
  const failed = outcomes.filter(({ fault }) => fault !== null)
  for (const { name, fault } of failed) output.err(`bench: ${name} failed: ${fault ?? ''}\n`)
  return failed.length === 0 ? 0 : 1
}

type Wanted =
  { readonly benchmarks: readonly Benchmark[]; readonly json: boolean } | { readonly mistake: string }

const readArguments = (args: readonly string[], known: readonly Benchmark[]): Wanted => {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { json: { type: 'boolean', default: false } },
      allowPositionals: true,
    })
    const stranger = positionals.find((name) => !known.some((benchmark) => benchmark.name === name))
    if (stranger !== undefined) return { mistake: `there is no benchmark "${stranger}"` }
    return {
      benchmarks: known.filter(({ name }) => positionals.length === 0 || positionals.includes(name)),
      json: values.json,
    }
  } catch (error) {
    return { mistake: error instanceof Error ? error.message : String(error) }
  }
}

const usage = (known: readonly Benchmark[]): string => {
  const longest = Math.max(...known.map(({ name }) => name.length))
  const list = known.map(({ name, about }) => `  ${name.padEnd(longest)}  ${about}\n`).join('')
  return `usage: npm run bench [-- NAME…] [-- --json]\n${list}`
}

const compiler = new URL('../test/support/typescript-loader.mjs', import.meta.url)
const measure = fileURLToPath(new URL('./measure.ts', import.meta.url))

/** Has what a benchmark is made of compiled, by a process of its own: the benchmark's would keep the compiler in memory. */
const compileFor = ({ module }: Benchmark): Promise<void> =>
  new Promise((resolve) => {
    const child = fork(measure, [module.href, 'compile'], {
      execArgv: ['--import', compiler.href],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    // what goes wrong goes wrong once more when it is measured, and is told then
    child.once('error', () => resolve()).once('close', () => resolve())
  })

/** Starts the benchmark's process and waits for its end. Whatever it prints is progress: its results come as a message. */
const outcomeOf = ({ name, module }: Benchmark, progress: (text: string) => void): Promise<Outcome> =>
  new Promise((resolve) => {
    let rows: readonly (BenchRow | SkippedRow)[] | null = null
    const child = fork(measure, [module.href], {
      execArgv: ['--import', compiler.href],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      serialization: 'advanced',
    })
    child.stdout?.setEncoding('utf8').on('data', progress)
    child.stderr?.setEncoding('utf8').on('data', progress)
    child.once('message', (message) => {
      rows = message as unknown as readonly (BenchRow | SkippedRow)[]
    })
    child.once('error', ({ message }) => resolve({ name, rows: [], fault: message }))
    child.once('close', (code, signal) => {
      const ended = signal === null ? `its process ended with ${code ?? 'no code'}` : `ended by ${signal}`
      const fault = code === 0 && rows !== null ? null : `${ended}, see above`
      resolve({ name, rows: rows ?? [], fault })
    })
  })

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = await runBenchmarks(process.argv.slice(2), benchmarks, {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    width: process.stdout.isTTY ? process.stdout.columns : Number.POSITIVE_INFINITY,
  })
}
