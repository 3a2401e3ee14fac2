import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { afterEach, expect, test, vi } from 'vitest'
import { repeat } from '../../src/pipeline/repeat.ts'

const everySecond = { cron: '* * * * * *', name: 'test', logger: pino({ level: 'silent' }) }

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

/** A clock of the machine that goes on, and can be set: by what the function is given, in milliseconds. */
function settableClock(): { readonly set: (byMs: number) => void; readonly stop: () => void } {
  const offset = Date.now() - performance.now()
  let set = 0
  vi.useFakeTimers({ toFake: ['Date'] })
  const go = () => vi.setSystemTime(offset + set + performance.now())
  const going = setInterval(go, 2)
  return {
    set(byMs) {
      set += byMs
      go()
    },
    stop: () => {
      clearInterval(going)
    },
  }
}

test.each([
  ['back by an hour', -3_600_000],
  ['forward by a day', 86_400_000],
])('it goes on when the clock is set %s', async (_what, byMs) => {
  const clock = settableClock()
  let times = 0
  const repeating = repeat(
    () => {
      times++
      return Promise.resolve()
    },
    { ...everySecond, atOnce: true },
  )
  await until(() => times >= 2)
  clock.set(byMs)
  const before = times
  await until(() => times >= before + 2)
  await repeating.stop()
  clock.stop()
})

test('it never works twice at a time, and ends when what is under way has ended', async () => {
  let [atOnce, most, ended] = [0, 0, 0]
  const repeating = repeat(
    async () => {
      most = Math.max(most, ++atOnce)
      await sleep(1200)
      atOnce--
      ended++
    },
    { ...everySecond, atOnce: true },
  )
  await until(() => ended >= 1 && atOnce === 1)
  await repeating.stop()
  expect([atOnce, most]).toEqual([0, 1])
  const at = ended
  await sleep(1100)
  expect(ended).toBe(at)
})

test('an expression that is none is refused', () => {
  expect(() => repeat(() => Promise.resolve(), { ...everySecond, cron: 'now and then' })).toThrow()
})
