import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nextPollAt, publishing, type CadenceInput } from '../../src/feeds/cadence.ts'
import type { FetchOutcome } from '../../src/feeds/fetch.ts'

const now = new Date('2026-01-01T00:00:00Z')
const minute = 60_000
const hour = 60 * minute
const bounds = { minMs: 2 * minute, defaultMs: 10 * minute, maxMs: 24 * hour }

function fetched(maxAgeMs: number | null = null): FetchOutcome {
  const validators = { etag: null, lastModified: null }
  const answer = {
    url: 'https://a.example/',
    base: 'https://a.example/',
    movedTo: null,
    bytes: 1,
    cache: { maxAgeMs },
  }
  return { kind: 'fetched', body: new Uint8Array(), contentType: null, ...validators, ...answer }
}

function refused(status: number, retryAfterMs: number | null = null): FetchOutcome {
  return { kind: 'refused', status, retryAfterMs, reason: '' }
}

function every(gapMs: number, count = 10): Date[] {
  return Array.from({ length: count }, (_, n) => new Date(now.getTime() - (n + 1) * gapMs))
}

type Wish = Omit<Partial<CadenceInput>, 'rhythm'> & {
  publishedAt?: Date[]
  ttlMinutes?: number
  updateMinutes?: number
}

function wait({ publishedAt = [], ttlMinutes, updateMinutes, ...input }: Wish): number | null {
  const rhythm = {
    ...publishing(publishedAt, now),
    ttlMinutes: ttlMinutes ?? null,
    updateMinutes: updateMinutes ?? null,
  }
  const at = nextPollAt({ now, outcome: fetched(), failures: 0, random: 0.5, bounds, ...input, rhythm })
  return at === null ? null : at.getTime() - now.getTime()
}

test('a feed is polled about twice as often as it publishes', () => {
  expect(wait({ publishedAt: every(hour) })).toBe(hour / 2)
  expect(wait({ publishedAt: every(10 * hour) })).toBe(5 * hour)
})

test('a busy feed is polled no more often than every 2 minutes, a silent one no less than once a day', () => {
  expect(wait({ publishedAt: every(10_000) })).toBe(2 * minute)
  expect(wait({ publishedAt: every(2000 * hour) })).toBe(24 * hour)
})

test('a feed without dates is polled by what it says of itself, else as is configured', () => {
  expect(wait({})).toBe(10 * minute)
  expect(wait({ bounds: { ...bounds, defaultMs: 3 * hour } })).toBe(3 * hour)
  expect(wait({ updateMinutes: 240 })).toBe(4 * hour)
})

test('a feed that a hub delivers is polled every six hours, a slow one as slowly as ever, hot or not', () => {
  expect(wait({ publishedAt: every(minute), pushed: true })).toBe(6 * hour)
  expect(wait({ publishedAt: every(minute), pushed: true, hot: true })).toBe(6 * hour)
  expect(wait({ publishedAt: every(20 * hour), pushed: true })).toBe(10 * hour)
  expect(wait({ pushed: true, bounds: { ...bounds, maxMs: hour } })).toBe(hour)
  expect(wait({ pushed: true, outcome: refused(500), failures: 1 })).toBe(5 * minute)
})

test('ttl and max-age hold polls back, but not for longer than an hour', () => {
  const busy = every(minute)
  expect(wait({ publishedAt: busy, ttlMinutes: 30 })).toBe(30 * minute)
  expect(wait({ publishedAt: busy, outcome: fetched(20 * minute) })).toBe(20 * minute)
  expect(wait({ publishedAt: busy, outcome: fetched(900 * hour) })).toBe(hour)
})

test('a hot feed is polled as often as is allowed', () => {
  expect(wait({ publishedAt: every(10 * hour), hot: true })).toBe(2 * minute)
})

test('failures wait longer each time, up to a day, and never for good', () => {
  const waits = [1, 2, 3, 4, 20, 1000].map((failures) => wait({ outcome: refused(500), failures }))
  expect(waits).toEqual([5 * minute, 10 * minute, 20 * minute, 40 * minute, 24 * hour, 24 * hour])
})

test('Retry-After is kept to', () => {
  expect(wait({ outcome: refused(429, 3 * hour), failures: 1 })).toBe(3 * hour)
  expect(wait({ outcome: refused(503, 1000), failures: 1 })).toBe(5 * minute)
})

test('only 410 ends it', () => {
  expect(wait({ outcome: { kind: 'gone' }, failures: 1 })).toBeNull()
})

test('the next poll is always within the bounds', () => {
  const outcomes = fc.oneof(
    fc.option(fc.nat()).map((age) => fetched(age)),
    fc.option(fc.nat()).map((after) => refused(503, after)),
  )
  const dates = fc.array(fc.date({ noInvalidDate: true }), { maxLength: 30 })
  fc.assert(
    fc.property(
      outcomes,
      dates,
      fc.nat(100),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (outcome, publishedAt, failures, random) => {
        const found = wait({ outcome, publishedAt, failures, random })
        expect(found).toBeGreaterThanOrEqual(2 * minute)
        expect(found).toBeLessThanOrEqual(24 * hour)
      },
    ),
  )
})
