import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deliveryLifetime, nextTryIn } from '../../src/alerts/backoff.ts'

const hour = 3_600_000

/** All waits of a delivery that always fails. */
function waits(random: () => number): number[] {
  const all: number[] = []
  let age = 0
  for (let attempt = 1; attempt < 1000; attempt++) {
    const wait = nextTryIn(attempt, age, null, random)
    if (wait === null) return all
    all.push(wait)
    age += wait
  }
  throw new Error('the delivery never died')
}

describe('the time until a delivery is tried again', () => {
  it('doubles from 10 s and is never longer than 6 h', () => {
    const all = waits(() => 0.9999999)
    expect(all.slice(0, 4)).toEqual([10_000, 20_000, 40_000, 80_000])
    expect(Math.max(...all)).toBeLessThanOrEqual(6 * hour)
    expect(Math.max(...all)).toBeGreaterThan(5.99 * hour)
  })

  it('ends on the third day, whatever the dice say', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 1 }), (dice) => {
        let next = 0
        const total = waits(() => dice[next++ % dice.length] ?? 0).reduce((sum, wait) => sum + wait, 0)
        expect(total).toBeGreaterThan(deliveryLifetime - 11_000)
        expect(total).toBeLessThanOrEqual(deliveryLifetime)
      }),
    )
  })

  it('spreads deliveries that fail together', () => {
    expect(nextTryIn(5, 0, null, () => 0)).toBe(80_000)
    expect(nextTryIn(5, 0, null, () => 0.5)).toBe(120_000)
  })

  it('keeps the wish of the receiver when that is later, but not beyond the third day', () => {
    expect(nextTryIn(1, 0, 90_000, () => 0)).toBe(90_000)
    expect(nextTryIn(1, 0, 1, () => 0)).toBe(5_000)
    expect(nextTryIn(1, deliveryLifetime - hour, 999 * hour, () => 0)).toBe(hour)
  })

  it('is over after three days', () => {
    expect(nextTryIn(30, deliveryLifetime, null, () => 0)).toBeNull()
  })
})
