import CliTable from 'cli-table3'
import type { Session } from './session.ts'

/** What came of a target. */
export interface Tried {
  readonly target: string
  readonly seed: number
  /** On the clock. */
  readonly minutes: number
  readonly session: Session
}

/** The table of all targets, then what was found. */
export function renderText(all: readonly Tried[]): string {
  const table = new CliTable({
    head: ['target', 'runs', 'minutes', 'findings', 'seed'],
    colAligns: ['left', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [] },
  })
  for (const { target, seed, minutes, session } of all)
    table.push([
      target,
      Number.isNaN(session.runs) ? '?' : session.runs.toLocaleString('en'),
      minutes.toFixed(1),
      session.findings.length,
      seed,
    ])
  const found = all.flatMap(({ target, session }) =>
    session.findings.map(
      ({ what, times, input }) => `${target}: ${what} (${times} times)\n  ${input.slice(0, 500)}\n`,
    ),
  )
  return `${table.toString()}\n${found.join('')}`
}

/** The same for programs. */
export function renderJson(all: readonly Tried[]): string {
  const rows = all.map(({ target, seed, minutes, session }) => ({ target, seed, minutes, ...session }))
  return `${JSON.stringify(rows, null, 2)}\n`
}
