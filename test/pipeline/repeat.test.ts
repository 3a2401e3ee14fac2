import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test, vi } from 'vitest'
import { repeat } from '../../src/pipeline/repeat.ts'

afterEach(() => {
  vi.useRealTimers()
})

async function until(done: () => boolean): Promise<void> {
  const end = performance.now() + 10_000
  while (!done()) {
    if (performance.now() > end) throw new Error('still waiting')
    await sleep(2)
  }
}

test.each([
  ['back by an hour', -3_600_000],
  ['forward by a year', 365 * 86_400_000],
])('it goes on when the clock is set %s', async (_what, byMs) => {
  vi.useFakeTimers({ toFake: ['Date'] })
  let times = 0
  const repeating = repeat(
    () => {
      times++
      return Promise.resolve()
    },
    { everyMs: 5, firstMs: 0 },
  )
  await until(() => times >= 2)
  vi.setSystemTime(Date.now() + byMs)
  const before = times
  await until(() => times >= before + 3)
  await repeating.stop()
})

test('it never works twice at a time, and ends when what is under way has ended', async () => {
  let [atOnce, most, ended] = [0, 0, 0]
  const repeating = repeat(
    async () => {
      most = Math.max(most, ++atOnce)
      await sleep(10)
      atOnce--
      ended++
    },
    { everyMs: 1 },
  )
  await until(() => ended >= 2 && atOnce === 1)
  await repeating.stop()
  expect([atOnce, most]).toEqual([0, 1])
  const at = ended
  await sleep(20)
  expect(ended).toBe(at)
})
