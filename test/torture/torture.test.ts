import { expect, test } from 'vitest'
import { summary } from './summary.ts'
import { torture } from './torture.ts'

test('killed, cut off and stopped fourteen times at random moments, it comes to the same as in peace: nothing lost, nothing twice', async () => {
  const said: string[] = []
  const tortured = await torture({
    seed: 4711,
    kills: 14,
    longestStopMs: 5000,
    progress: () => undefined,
    wrote: (text) => said.push(text),
  })
  const wrong = tortured.differences.filter(({ lost, doubled }) => lost.length + doubled.length > 0)
  expect(wrong, `${summary(tortured)}\n${said.slice(-50).join('')}`).toEqual([])
  expect(tortured.differences.every(({ wanted }) => wanted > 20)).toBe(true)
  expect([...tortured.injuries.values()].reduce((sum, times) => sum + times, 0)).toBe(14)
}, 480_000)
