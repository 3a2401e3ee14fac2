import { expect, test } from 'vitest'
import { soak } from './soak.ts'
import { summary } from './summary.ts'

test('days go by in seconds: feeds change and fail, questions come and go, alerts arrive, and what it takes is measured', async () => {
  const ending = new AbortController()
  const soaked = await soak({
    ...{ seed: 1, days: 100, lastsMs: 200_000, feeds: 12, hosts: 4, realFeeds: null, sampleMs: 250 },
    progress: () => undefined,
    signal: ending.signal,
    measured: ({ arrived, samples }) => {
      if (samples >= 4 && arrived > 0) ending.abort()
    },
  })
  const { series, work, wronglyDelivered } = soaked
  expect(wronglyDelivered).toBe(0)
  expect(work['entries']).toBeGreaterThan(0)
  expect(work['alerts']).toBeGreaterThan(0)
  const last = new Map(series.map(({ name, values }) => [name, values.at(-1) ?? 0]))
  for (const name of [
    'memory (RSS)',
    'heap in use',
    'handles',
    'database connections',
    'database as a whole',
  ])
    expect(last.get(name), name).toBeGreaterThan(1)
  const text = summary(soaked)
  expect(text).toMatch(/^\d+ days of the world in \d+ s, \d+ measurements\n\d+ requests, \d+ polls/)
  expect(text).toMatch(/^memory \(RSS\), MB .* (level|RISING)$/m)
  expect(text).toMatch(/^0 alerts lost or doubled on their way$/m)
}, 240_000)
