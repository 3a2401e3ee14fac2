import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import { tableOf } from '../../src/cli/alerts.ts'
import { reasonToWait } from '../../src/pipeline/delivery-words.ts'
import type { StoredDelivery } from '../../src/store/deliveries.ts'
import { statusAlert } from '../support/alerts.ts'

const now = new Date('2026-05-04T12:00:00Z')
const morning = new Date('2026-05-05T07:00:00Z')
const well = { heldUntil: null, failures: 0 }
const quiet = { from: 22 * 60, to: 7 * 60, timeZone: 'UTC', except: [] }
const digest = { every: 'day' as const, at: 7 * 60, on: 'monday' as const, timeZone: 'UTC', except: [] }

const waiting: StoredDelivery = {
  id: '3f2a91c0-0000-4000-8000-000000000000',
  channel: 'team-chat',
  state: 'waiting',
  attempts: 0,
  createdAt: now,
  nextAttemptAt: morning,
  sentAt: null,
  lastError: null,
  messageId: null,
  alertId: '3f2a91c0-0000-4000-8000-000000000001',
  alertKind: 'status-changed',
  itemId: 'release-timing',
  body: statusAlert(now),
}
const dead: StoredDelivery = {
  ...waiting,
  state: 'dead',
  attempts: 12,
  nextAttemptAt: null,
  lastError: 'answered 410: the address is gone for good, and so is everything that was behind it',
}

describe('the table of alerts', () => {
  it('gives the alert what the narrow columns leave of a terminal', () => {
    const table = tableOf([dead, waiting], now, 80)
    expect(table.split('\n').every((line) => stringWidth(line) <= 80)).toBe(true)
    expect(table).toContain('05-04 12:00')
    expect(table).toContain('open → announced: When')
    expect(table).not.toContain('what came back')
  })

  it('has all of it, with what came back, where there is room', () => {
    const table = tableOf([dead, waiting], now, Infinity)
    expect(table).toContain('2026-05-04 12:00')
    expect(table).toContain('open → announced: When will it be released?')
    expect(table).toContain(dead.lastError)
  })

  it('keeps the year of what is older', () => {
    expect(tableOf([waiting], new Date('2027-01-02T12:00:00Z'), 80)).toContain('2026-05-04 12:00')
  })
})

describe('what an alert waits for', () => {
  it.each([
    ['the digest', waiting, well, { digest }, null, 'with the digest of team-chat'],
    ['the morning', waiting, well, { quiet }, null, 'when the quiet hours of team-chat end'],
    ['the end of a snooze', waiting, well, {}, morning, 'when the snooze of its question ends'],
    ['its next try', { ...waiting, attempts: 2, messageId: 'key' }, well, {}, null, 'the next try'],
    [
      'its channel',
      { ...waiting, attempts: 2, messageId: 'key' },
      { heldUntil: morning, failures: 2 },
      {},
      null,
      'team-chat failed and is left alone until then',
    ],
    ['what cannot be known', waiting, well, {}, null, null],
  ] as const)('is %s', (_, delivery, state, times, snoozed, reason) => {
    expect(reasonToWait(delivery, state, times, snoozed)).toBe(reason)
  })
})
