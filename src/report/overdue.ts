import type { DateWindow } from '../status/claim.ts'
import type { Status } from '../status/status.ts'
import { windowEnd } from './date-window.ts'
import { daysBetween } from './people-time.ts'
import { isSettled } from './status-words.ts'
import type { Overdue } from './status-report.ts'

const dayMs = 86_400_000

interface Promised {
  readonly status: Status
  readonly expected: DateWindow | null
}

/** Whether the promised window has passed (UTC) and nothing came; null where it has not, or has no end. */
export function overdueOf({ status, expected }: Promised, now: Date): Overdue | null {
  const end = windowEnd(expected)
  if (isSettled(status) || end === null || end > now || expected?.to == null) return null
  return { promisedUntil: expected.to.slice(0, 10), days: daysBetween(end, now) }
}

/** From when on people are told that a window has passed: a day late, since news takes its time and time zones differ. */
export function overdueFrom({ expected }: Pick<Promised, 'expected'>): Date | null {
  const end = windowEnd(expected)
  return end === null ? null : new Date(end.getTime() + dayMs)
}
