import { describe, expect, test } from 'vitest'
import { seeded } from '../torture/world.ts'
import { levelOf, type Series } from './level.ts'

const random = seeded(1)
const series = (at: (n: number) => number): Series => ({
  ...{ name: 'memory', unit: 'MB', slack: 4 },
  values: Array.from({ length: 200 }, (_, n) => at(n)),
})

describe('what takes ever more is told from what levels off', () => {
  test.each<[string, boolean, (n: number) => number]>([
    ['rising all the time', false, (n) => 100 + n],
    ['rising all the time behind much up and down', false, (n) => 100 + n / 2 + random() * 60],
    ['up and down', true, () => 100 + random() * 60],
    ['rising in the first half', true, (n) => Math.min(200, 100 + n)],
    ['rising ever more slowly', true, (n) => 200 - 100 * Math.exp(-n / 40)],
    ['rising by next to nothing', true, (n) => 10 + n / 50],
    ['falling', true, (n) => 300 - n],
    ['nothing at all', true, () => 0],
  ])('%s: level %s', (_name, isLevel, at) => {
    expect(levelOf(series(at)).isLevel).toBe(isLevel)
  })
})
