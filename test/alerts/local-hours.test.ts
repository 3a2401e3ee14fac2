import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { lastDigest, nextDigest, type DigestTimes } from '../../src/alerts/digest.ts'
import { quietUntil, type QuietHours } from '../../src/alerts/quiet-hours.ts'

const hour = 3_600_000
const day = 24 * hour

/** Minutes after midnight. */
const clock = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3))

function quiet(from: string, to: string, timeZone: string): QuietHours {
  return { from: clock(from), to: clock(to), timeZone }
}

function daily(at: string, timeZone: string): DigestTimes {
  return { every: 'day', at: clock(at), on: 'monday', timeZone }
}

/** Zones whose clocks change at different times, the southern ones in their own spring; by an hour, by half of one, not at all. */
const zones = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'America/Santiago',
  'Asia/Kolkata',
  'Pacific/Apia',
  'UTC',
]

const until = (hours: QuietHours, at: string) => quietUntil(hours, new Date(at))?.toISOString() ?? null

describe('quiet hours', () => {
  const night = quiet('22:00', '07:00', 'Europe/Berlin')

  it('begin and end by the local clock, over midnight', () => {
    expect(until(night, '2026-01-10T20:59:59Z')).toBeNull()
    expect(until(night, '2026-01-10T21:00:00Z')).toBe('2026-01-11T06:00:00.000Z')
    expect(until(night, '2026-01-11T05:59:59Z')).toBe('2026-01-11T06:00:00.000Z')
    expect(until(night, '2026-01-11T06:00:00Z')).toBeNull()
  })

  it('may lie within a day', () => {
    const lunch = quiet('12:00', '13:30', 'Asia/Kolkata')
    expect(until(lunch, '2026-01-10T06:29:00Z')).toBeNull()
    expect(until(lunch, '2026-01-10T06:30:00Z')).toBe('2026-01-10T08:00:00.000Z')
  })

  it('end by the clock in the night in which it is set forward, an hour earlier', () => {
    expect(until(night, '2026-03-28T22:00:00Z')).toBe('2026-03-29T05:00:00.000Z')
  })

  it('end by the clock in the night in which it is set back, an hour later', () => {
    expect(until(night, '2026-10-24T22:00:00Z')).toBe('2026-10-25T06:00:00.000Z')
  })

  it('end with the second of two times that are the same', () => {
    const short = quiet('23:00', '02:30', 'America/New_York')
    // set back at 02:00: 01:30 comes at 05:30 and at 06:30 UTC, 02:30 once
    expect(until(short, '2026-11-01T06:00:00Z')).toBe('2026-11-01T07:30:00.000Z')
    const shorter = quiet('23:00', '01:30', 'America/New_York')
    expect(until(shorter, '2026-11-01T05:45:00Z')).toBe('2026-11-01T06:30:00.000Z')
    expect(until(shorter, '2026-11-01T06:30:00Z')).toBeNull()
  })

  it('begin with the first of two times that are the same', () => {
    const late = quiet('01:30', '06:00', 'Australia/Lord_Howe')
    // set back by half an hour at 02:00 +11: 01:30 comes at 14:30 and at 15:00 UTC
    expect(until(late, '2026-04-04T14:29:00Z')).toBeNull()
    expect(until(late, '2026-04-04T14:30:00Z')).toBe('2026-04-04T19:30:00.000Z')
  })

  it('that end at a time which the clock jumps over end as long after midnight as ever', () => {
    const short = quiet('23:00', '02:30', 'Europe/Berlin')
    // 02:30 is 03:30 that night: 01:30 UTC
    expect(until(short, '2026-03-29T00:59:00Z')).toBe('2026-03-29T01:30:00.000Z')
  })

  it('end where midnight itself is jumped over', () => {
    // in Chile the clock goes from 24:00 on Saturday to 01:00 on Sunday
    const evening = quiet('20:00', '00:00', 'America/Santiago')
    expect(until(evening, '2026-09-06T03:00:00Z')).toBe('2026-09-06T04:00:00.000Z')
    expect(until(evening, '2026-09-06T04:00:00Z')).toBeNull()
  })

  it('of no length are never', () => {
    expect(until(quiet('07:00', '07:00', 'UTC'), '2026-01-10T07:00:00Z')).toBeNull()
  })

  test('end at a moment that is not quiet, never more than a day and an hour away, in any zone at any time', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 1439 }),
        fc.integer({ min: 0, max: 1439 }),
        fc.date({ min: new Date('2011-12-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
        (timeZone, from, to, at) => {
          const end = quietUntil({ from, to, timeZone }, at)
          if (end === null) return
          expect(end > at).toBe(true)
          expect(end.getTime() - at.getTime()).toBeLessThanOrEqual(2 * day + hour)
          // a night that ends where the next begins (all day but the minutes between) may be quiet again
          if (Math.abs(from - to) > 120 && Math.abs(from - to) < 1320)
            expect(quietUntil({ from, to, timeZone }, end)).toBeNull()
        },
      ),
    )
  })
})

const next = (times: DigestTimes, from: string) => nextDigest(times, new Date(from)).toISOString()

describe('a digest', () => {
  it('goes out at its local time, the same day or the next', () => {
    const times = daily('08:00', 'Europe/Berlin')
    expect(next(times, '2026-01-10T06:00:00Z')).toBe('2026-01-10T07:00:00.000Z')
    expect(next(times, '2026-01-10T07:00:00Z')).toBe('2026-01-10T07:00:00.000Z')
    expect(next(times, '2026-01-10T07:00:01Z')).toBe('2026-01-11T07:00:00.000Z')
  })

  it('keeps its local time over a change of the clock', () => {
    expect(next(daily('08:00', 'Europe/Berlin'), '2026-03-28T12:00:00Z')).toBe('2026-03-29T06:00:00.000Z')
    expect(next(daily('08:00', 'America/New_York'), '2026-10-31T14:00:00Z')).toBe('2026-11-01T13:00:00.000Z')
    expect(next(daily('08:00', 'Australia/Lord_Howe'), '2026-10-03T00:00:00Z')).toBe(
      '2026-10-03T21:00:00.000Z',
    )
  })

  it('at a time which the clock jumps over goes out as long after midnight as ever', () => {
    expect(next(daily('02:30', 'Europe/Berlin'), '2026-03-28T12:00:00Z')).toBe('2026-03-29T01:30:00.000Z')
    expect(next(daily('02:15', 'Australia/Lord_Howe'), '2026-10-03T12:00:00Z')).toBe(
      '2026-10-03T15:45:00.000Z',
    )
  })

  it('at a time that comes twice goes out at the first', () => {
    const times = daily('01:30', 'America/New_York')
    expect(next(times, '2026-11-01T00:00:00Z')).toBe('2026-11-01T05:30:00.000Z')
    expect(next(times, '2026-11-01T05:30:01Z')).toBe('2026-11-02T06:30:00.000Z')
  })

  it('of the week goes out on its day', () => {
    const times: DigestTimes = { ...daily('09:00', 'Asia/Kolkata'), every: 'week', on: 'sunday' }
    expect(next(times, '2026-01-05T00:00:00Z')).toBe('2026-01-11T03:30:00.000Z')
    expect(lastDigest(times, new Date('2026-01-10T00:00:00Z')).toISOString()).toBe('2026-01-04T03:30:00.000Z')
  })

  test('comes once each day or week, in order, in any zone at any time', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones.filter((zone) => zone !== 'Pacific/Apia')),
        fc.constantFrom('day' as const, 'week' as const),
        fc.integer({ min: 0, max: 1439 }),
        fc.date({ min: new Date('2015-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
        (timeZone, every, at, moment) => {
          const times: DigestTimes = { every, at, on: 'wednesday', timeZone }
          const period = every === 'day' ? day : 7 * day
          const due = nextDigest(times, moment)
          const after = nextDigest(times, new Date(due.getTime() + 1))
          expect(due >= moment).toBe(true)
          expect(Math.abs(after.getTime() - due.getTime() - period)).toBeLessThanOrEqual(hour)
          expect(lastDigest(times, due)).toEqual(due)
          expect(lastDigest(times, new Date(after.getTime() - 1))).toEqual(due)
        },
      ),
    )
  })

  it('is no earlier for a day that a country left out', () => {
    // Samoa had no 30 December 2011
    const times = daily('08:00', 'Pacific/Apia')
    expect(next(times, '2011-12-29T18:00:00Z')).toBe('2011-12-29T18:00:00.000Z')
    expect(next(times, '2011-12-29T18:00:01Z')).toBe('2011-12-30T18:00:00.000Z')
  })
})
