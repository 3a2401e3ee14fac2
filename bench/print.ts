import { renderTable, type Column } from '../src/cli/table.ts'
import type { BenchRow, SkippedRow } from './bench-row.ts'
import { machineLine, type Machine } from './machine.ts'

/** What became of one benchmark. */
export interface Outcome {
  readonly name: string
  readonly rows: readonly (BenchRow | SkippedRow)[]
  /** Why it failed; null when it did not. */
  readonly fault: string | null
}

const columns: readonly Column[] = [
  { title: 'benchmark' },
  { title: 'figure', flexible: true },
  { title: 'value', align: 'right' },
  { title: 'unit' },
  { title: 'beside' },
]

/** The line of the machine, the table, and a line for each figure that was not measured. */
export const renderText = (machine: Machine, outcomes: readonly Outcome[], width: number): string => {
  const measured: BenchRow[] = []
  const notices: string[] = []
  for (const { name, rows, fault } of outcomes) {
    for (const row of rows) {
      if ('skipped' in row) notices.push(`${row.bench}: ${row.figure}: skipped: ${row.skipped}`)
      else measured.push(row)
    }
    if (fault !== null) notices.push(`${name}: FAILED: ${fault}`)
  }
  const table = measured.length === 0 ? [] : [renderTable(columns, measured.map(cellsOf), width), '']
  return [machineLine(machine), '', ...table, ...notices].join('\n').trimEnd() + '\n'
}

/** The same for programs: `{ machine, rows, skipped, failed }`, values unrounded. */
export const renderJson = (machine: Machine, outcomes: readonly Outcome[]): string => {
  const rows = outcomes.flatMap((outcome) => outcome.rows)
  const result = {
    machine,
    rows: rows.filter((row) => !('skipped' in row)),
    skipped: rows.filter((row) => 'skipped' in row),
    failed: outcomes.filter(({ fault }) => fault !== null).map(({ name, fault }) => ({ name, fault })),
  }
  return `${JSON.stringify(result, null, 2)}\n`
}

const cellsOf = ({ bench, figure, value, unit, yardstick, ratio }: BenchRow): string[] => [
  bench,
  figure,
  number(value),
  unit,
  [ratio === undefined ? '' : `${number(ratio)} × `, yardstick ?? ''].join(''),
]

/** Three digits say what a benchmark knows; whole numbers stay whole. */
const number = (value: number): string =>
  value.toLocaleString(
    'en',
    Math.abs(value) >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 },
  )
