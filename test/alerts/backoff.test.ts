import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deliveryLifetime, isOver, leastTrying, waitAfter } from '../../src/alerts/backoff.ts'

const minute = 60_000
const hour = 60 * minute

describe('the time until a channel is tried again', () => {
  it('doubles from 10 s and is never longer than half an hour', () => {
    const waits = [1, 2, 3, 4, 9, 10, 1000].map((failures) => waitAfter(failures, null, () => 0.9999999))
    expect(waits.slice(0, 4)).toEqual([10_000, 20_000, 40_000, 80_000])
    expect(waits.slice(4)).toEqual([30 * minute, 30 * minute, 30 * minute])
  })

  it('is drawn from its upper half, so that not all come back together', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.double({ min: 0, max: 0.9999, noNaN: true }),
        (failures, dice) => {
          const longest = waitAfter(failures, null, () => 0.9999999)
          const wait = waitAfter(failures, null, () => dice)
          expect(wait).toBeGreaterThanOrEqual(Math.floor(longest / 2))
          expect(wait).toBeLessThanOrEqual(longest)
        },
      ),
    )
  })

  it('is what the receiver asks for, be it shorter or longer than ours', () => {
    expect(waitAfter(1, 90_000, () => 0)).toBe(90_000)
    expect(waitAfter(3, 2_000, () => 0)).toBe(2_000)
  })

  it('is a second at least, and ours where a receiver has said the same for too often', () => {
    expect(waitAfter(1, 0, () => 0)).toBe(1_000)
    expect(waitAfter(8, 2_000, () => 0)).toBeGreaterThan(10 * minute)
    expect(waitAfter(8, hour, () => 0)).toBe(hour)
  })

  it('is not longer than a message lives', () => {
    expect(waitAfter(1, 999 * hour, () => 0)).toBe(deliveryLifetime)
  })
})

describe('a message', () => {
  const now = new Date('2025-06-10T12:00:00Z')
  const ago = (ms: number) => new Date(now.getTime() - ms)

  it('is given up after three days', () => {
    expect(isOver({ dueSince: ago(deliveryLifetime), triedSince: ago(deliveryLifetime) }, now)).toBe(true)
    expect(isOver({ dueSince: ago(deliveryLifetime - 1), triedSince: ago(hour) }, now)).toBe(false)
  })

  it('is tried for an hour at least, however long openwatch was off', () => {
    const dueSince = ago(30 * 24 * hour)
    expect(isOver({ dueSince, triedSince: now }, now)).toBe(false)
    expect(isOver({ dueSince, triedSince: ago(leastTrying) }, now)).toBe(true)
  })
})
