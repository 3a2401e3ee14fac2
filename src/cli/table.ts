import Table from 'cli-table3'
import stringWidth from 'string-width'
import { clip } from '../report/plain.ts'

/** A column: its heading, whether it may be cut short on a narrow terminal, and the side its cells keep to. */
export interface Column {
  readonly title: string
  readonly align?: 'left' | 'right'
  /** Cells may be cut with an ellipsis; columns without are always whole. */
  readonly flexible?: boolean
}

/** How a table colours a cell after it is cut to size; the row and column count from 0, headings have row -1. */
export type CellPaint = (text: string, row: number, column: number) => string

const gap = 2
const narrowest = 8

/** A table without rules that fits `width` columns: flexible columns share what the others leave. */
export function renderTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
  paint: CellPaint = (text) => text,
): string {
  const widths = fit(columns, rows, width)
  const table = new Table({
    chars: noRules,
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true },
    colWidths: widths.map((size, index) => size + (index === widths.length - 1 ? 0 : gap)),
    colAligns: columns.map((column) => column.align ?? 'left'),
  })
  for (const [index, cells] of [columns.map((column) => column.title), ...rows].entries()) {
    const painted = columns.map((_, at) =>
      paint(clipToWidth(cells[at] ?? '', widths[at] ?? 0), index - 1, at),
    )
    table.push(painted.map((text, at) => (isRightInside(columns, at) ? text + ' '.repeat(gap) : text)))
  }
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
}

/** The gap lies to the right of a column; cells that keep to the right must not fill it. */
function isRightInside(columns: readonly Column[], at: number): boolean {
  return columns[at]?.align === 'right' && at < columns.length - 1
}

/** Cut to columns of a terminal, in which some characters take two. */
function clipToWidth(text: string, size: number): string {
  let limit = size
  let cut = clip(text, limit)
  while (limit > 1 && stringWidth(cut) > size) cut = clip(text, --limit)
  return cut
}

/** Natural widths, the flexible ones shrunk (widest first) until the whole fits. */
function fit(columns: readonly Column[], rows: readonly (readonly string[])[], width: number): number[] {
  const widths = columns.map((column, at) =>
    Math.max(stringWidth(column.title), ...rows.map((row) => stringWidth(clip(row[at] ?? '', 500)))),
  )
  const excess = () => widths.reduce((sum, size) => sum + size, gap * (widths.length - 1)) - width
  // One column of the terminal at a time from the widest: tables are small, and the result is the fairest share.
  while (excess() > 0) {
    const widest = widestFlexible(columns, widths)
    if (widest === null) break
    widths[widest] = (widths[widest] ?? 0) - 1
  }
  return widths
}

function widestFlexible(columns: readonly Column[], widths: readonly number[]): number | null {
  let widest: number | null = null
  for (const [at, size] of widths.entries()) {
    if (isFlexible(columns, at) && size > narrowest && size > (widest === null ? 0 : (widths[widest] ?? 0)))
      widest = at
  }
  return widest
}

function isFlexible(columns: readonly Column[], at: number): boolean {
  return columns[at]?.flexible === true
}

const noRules = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
}
