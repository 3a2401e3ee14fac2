import type { Difference } from './state.ts'
import type { Tortured } from './torture.ts'

/** What came of a run, for people: what was done to it, and what was lost or doubled. */
export function summary(tortured: Tortured): string {
  const { seed, injuries, skipped, differences, leftOver, seconds, gaveUp, clockChanges } = tortured
  const total = [...injuries.values()].reduce((sum, times) => sum + times, 0)
  const rows = [
    ...[...injuries].sort(([, a], [, b]) => b - a).map(([kind, times]) => line(kind, String(times))),
    ...[...skipped].map(([kind, why]) => line(kind, `skipped: ${why}`)),
    line('(over a change of the clocks)', String(clockChanges)),
    line('in all', `${total} in ${seconds} s, seed ${seed}; ${gaveUp} starts without a database`),
    '',
    line('compared with the same in peace', 'there  lost  doubled'),
    ...differences.map((one) => line(one.part, counts(one))),
  ]
  const wrong = differences.flatMap(({ part, lost, doubled }) => [
    ...lost.slice(0, 5).map((name) => `lost ${part}: ${name}`),
    ...doubled.slice(0, 5).map((name) => `doubled ${part}: ${name}`),
  ])
  const sum = (of: 'lost' | 'doubled') => differences.reduce((all, one) => all + one[of].length, 0)
  const end = [`lost ${sum('lost')}, doubled ${sum('doubled')}`, ...wrong]
  return `${[...rows, '', ...end, ...leftOver.map((one) => `left over: ${one}`)].join('\n')}\n`
}

function line(name: string, value: string): string {
  return `${name.padEnd(34)}${value}`
}

function counts({ wanted, lost, doubled }: Difference): string {
  return [
    String(wanted).padStart(5),
    String(lost.length).padStart(6),
    String(doubled.length).padStart(9),
  ].join('')
}
