import { levelOf, type Series } from './level.ts'
import type { Soaked } from './soak.ts'

/** What came of a soak, for people: what was done, what it took, and whether that levels. */
export function summary(soaked: Soaked): string {
  const { series, work, warnings, wronglyDelivered } = soaked
  const rising = series.filter((one) => one.isKept !== true && !levelOf(one).isLevel)
  return `${[
    `${Math.round(soaked.days)} days of the world in ${soaked.seconds} s, ${series[0]?.values.length ?? 0} measurements`,
    Object.entries(work)
      .map(([name, number]) => `${number} ${name}`)
      .join(', '),
    '',
    row('', ['first', 'half-time', 'end', 'most', '2nd half', '']),
    ...series.map(line),
    '',
    ...[...warnings].map(
      ([event, { times, reason }]) =>
        row(`warned of ${event}`, [String(times)]) + (reason === null ? '' : `  ${reason}`),
    ),
    `${wronglyDelivered} alerts lost or doubled on their way`,
    rising.length === 0 ? 'all levels' : `still rising: ${rising.map(({ name }) => name).join(', ')}`,
  ].join('\n')}\n`
}

function line(series: Series): string {
  const { first, half, last, most, growth, share, isLevel } = levelOf(series)
  const text = (value: number) => (series.unit === 'MB' ? value.toFixed(1) : String(Math.round(value)))
  const sign = growth < 0 ? '-' : '+'
  const grown = `${sign}${text(Math.abs(growth))} (${sign}${Math.abs(Math.round(share * 100))} %)`
  const verdict = series.isKept === true ? 'kept for ever' : isLevel ? 'level' : 'RISING'
  const name = series.unit === '' ? series.name : `${series.name}, ${series.unit}`
  return row(name, [text(first), text(half), text(last), text(most), grown, verdict])
}

function row(name: string, cells: readonly string[]): string {
  return [name.padEnd(36), ...cells.map((cell, n) => cell.padStart(n === 4 ? 18 : n === 5 ? 15 : 10))]
    .join('')
    .trimEnd()
}
