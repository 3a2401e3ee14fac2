import { describe, expect, it } from 'vitest'
import type { Alert } from '../../src/alerts/alert.ts'
import { dueAt, quietFor, type ChannelTimes, type Snooze } from '../../src/alerts/due.ts'
import { burstMs, planMessages, type Candidate, type PlanOptions } from '../../src/alerts/plan-messages.ts'
import { alertSamples } from './sample.ts'

const noon = new Date('2026-05-04T12:00:00Z')
const night = new Date('2026-05-04T23:00:00Z')
const awake: Snooze = { until: null, toChange: false }
const quiet = { from: 22 * 60, to: 7 * 60, timeZone: 'UTC', except: ['happened' as const] }
const digest = { every: 'day' as const, at: 8 * 60, on: 'monday' as const, timeZone: 'UTC', except: [] }
const moved = alertSamples['status-changed']
const happened: Alert = { ...moved, to: 'happened' }
const morning = new Date('2026-05-05T07:00:00Z')

function due(alert: Alert, times: ChannelTimes, now: Date, snooze = awake, since = now) {
  return dueAt({ alert, since, snooze }, times, now)
}

describe('when an alert goes', () => {
  it('is at once, where nothing was asked for', () => {
    expect(due(moved, {}, noon)).toEqual({ kind: 'go', digest: null })
  })

  it('is after the quiet hours, unless its status may disturb them', () => {
    expect(due(moved, { quiet }, noon)).toMatchObject({ kind: 'go' })
    expect(due(moved, { quiet }, night)).toEqual({ kind: 'hold', until: morning })
    expect(due(happened, { quiet }, night)).toMatchObject({ kind: 'go' })
    expect(due(alertSamples['channel-failing'], { quiet }, night)).toMatchObject({ kind: 'hold' })
    expect(due(alertSamples.test, { quiet }, night)).toMatchObject({ kind: 'go' })
  })

  it('is the time of the next digest, then with it', () => {
    const until = new Date('2026-05-05T08:00:00Z')
    expect(due(moved, { digest }, noon)).toEqual({ kind: 'hold', until })
    expect(due(moved, { digest }, until, awake, noon)).toEqual({ kind: 'go', digest: until })
    const urgent = { ...digest, except: ['happened' as const] }
    expect(due(happened, { digest: urgent }, noon)).toEqual({ kind: 'go', digest: null })
    expect(due(alertSamples['channel-failing'], { digest }, noon)).toEqual({ kind: 'go', digest: null })
  })

  it('is after the snooze of its question, and then with the next digest', () => {
    const until = new Date('2026-05-06T09:00:00Z')
    const snoozed = { until, toChange: false }
    expect(due(moved, {}, noon, snoozed)).toEqual({ kind: 'hold', until })
    expect(due(moved, { digest }, until, snoozed)).toEqual({
      kind: 'hold',
      until: new Date('2026-05-07T08:00:00Z'),
    })
    expect(due(alertSamples['channel-failing'], {}, noon, snoozed)).toMatchObject({ kind: 'go' })
  })

  it('is open until the next status change, where the question is snoozed to that', () => {
    const snoozed = { until: null, toChange: true }
    expect(due(alertSamples['date-changed'], {}, noon, snoozed)).toEqual({ kind: 'hold', until: null })
    expect(due(moved, {}, noon, snoozed)).toMatchObject({ kind: 'go' })
  })

  it('is not in the quiet hours for what was settled before, but for an urgent one in it', () => {
    expect(quietFor([moved], { quiet }, night)).toEqual(morning)
    expect(quietFor([moved, happened], { quiet }, night)).toBeNull()
    expect(quietFor([moved], {}, night)).toBeNull()
  })
})

describe('what goes together', () => {
  const late = new Date(noon.getTime() + burstMs)

  function candidates(count: number, alert: Alert = moved, since = noon): Candidate[] {
    return Array.from({ length: count }, (_, n) => ({
      deliveryId: `${alert.kind} ${since.toISOString()} ${n}`,
      alert,
      since,
      snooze: awake,
    }))
  }
  const sizes = (all: readonly Candidate[], options: PlanOptions) =>
    planMessages(all, options).messages.map(({ deliveryIds }) => deliveryIds.length)

  it('is nothing, where alerts go one by one', () => {
    expect(sizes(candidates(3), { group: false, now: noon })).toEqual([1, 1, 1])
  })

  it('is all of a burst, once it is over, up to a hundred', () => {
    expect(planMessages(candidates(3), { group: true, now: noon })).toMatchObject({
      messages: [],
      holds: [],
      burstEnds: late,
    })
    expect(sizes(candidates(3), { group: true, now: late })).toEqual([3])
    expect(sizes(candidates(230), { group: true, now: late })).toEqual([100, 100, 30])
  })

  it('is as many as one message of the channel shows, but for a digest', () => {
    const room = (alerts: readonly Alert[]) => Math.min(alerts.length, 8)
    expect(sizes(candidates(20), { group: true, room, now: late })).toEqual([8, 8, 4])
    expect(sizes(candidates(3), { group: true, room: () => 0, now: late })).toEqual([1, 1, 1])
    const morningAfter = new Date('2026-05-05T08:00:00Z')
    expect(sizes(candidates(20), { group: true, room, digest, now: morningAfter })).toEqual([20])
  })

  it('is the whole digest, also where other alerts go one by one, and apart from what does not wait for it', () => {
    const morningAfter = new Date('2026-05-05T08:00:00Z')
    const urgent = { ...digest, except: ['happened' as const] }
    const all = [...candidates(4), ...candidates(2, happened, morningAfter)]
    const { messages } = planMessages(all, { group: false, digest: urgent, now: morningAfter })
    expect(messages.map((one) => [one.deliveryIds.length, one.digest?.toISOString() ?? null])).toEqual([
      [4, '2026-05-05T08:00:00.000Z'],
      [1, null],
      [1, null],
    ])
  })

  it('lives from when the first of it might have gone', () => {
    const all = [...candidates(1, moved, late), ...candidates(1)]
    const [message] = planMessages(all, { group: true, now: late }).messages
    expect(message?.dueSince).toEqual(noon)
  })
})
