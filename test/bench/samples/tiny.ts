import type { Run } from '../../../bench/registry.ts'

/** A benchmark of nothing, which prints as a careless one does. */
export const run: Run = () => {
  process.stdout.write('not a result\n')
  return Promise.resolve([
    {
      bench: 'tiny',
      figure: 'words counted',
      value: 1_234_567.8,
      unit: 'words/s',
      yardstick: 'fingers',
      ratio: 2.5,
    },
    { bench: 'tiny', figure: 'share of nothing', value: 0.012345, unit: 'parts' },
    { bench: 'tiny', figure: 'beside an abacus', skipped: 'there is no abacus here' },
  ])
}
