import { expect, test } from 'vitest'
import { createSetback } from '../../src/pipeline/setback.ts'

test('each failed try doubles the wait up to five minutes, faults of one try count once, and success ends it', () => {
  let passed = 0
  const setback = createSetback(() => passed)
  expect(setback.inWords()).toBeNull()
  const waits = []
  for (let tries = 0; tries < 8; tries++) {
    setback.failed('no')
    setback.failed('no')
    const began = passed
    while (setback.isWaiting()) passed += 1000
    waits.push((passed - began) / 1000)
  }
  expect(waits).toEqual([5, 10, 20, 40, 80, 160, 300, 300])
  expect([setback.isThere(), setback.inWords()]).toEqual([
    true,
    'polls cannot be written down: no; feeds are left alone, trying again now',
  ])
  setback.passed()
  expect([setback.isThere(), setback.isWaiting()]).toEqual([false, false])
})
