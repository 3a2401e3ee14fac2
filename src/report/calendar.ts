import type { DateWindow } from '../status/claim.ts'
import type { Status } from '../status/status.ts'
import type { ChangeFilter } from './change-feed.ts'
import { windowText } from './date-window.ts'
import { clip, oneLine } from './plain.ts'
import type { ReportChange } from './report-input.ts'
import { safeUrl } from './safe-url.ts'
import type { ItemReport } from './status-report.ts'
import { certaintyWords, isSettled } from './status-words.ts'

/** The expected date of a question as an event of whole days. Every text is clean, not escaped for anything. */
export interface CalendarEvent {
  readonly itemId: string
  /** The first and the last day (UTC), ISO dates. */
  readonly from: string
  readonly to: string
  /** Grows whenever the date, or whether there is one, changes: calendars replace what has a lower one. */
  readonly sequence: number
  /** `confirmed`: by whose word settles it, or it has happened; `cancelled`: it is off, or has no date any more. */
  readonly state: 'tentative' | 'confirmed' | 'cancelled'
  readonly title: string
  readonly text: string
  readonly topic: string
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** What is expected, and when. */
export interface Calendar {
  readonly title: string
  readonly events: readonly CalendarEvent[]
}

/** The expected dates of the questions that are meant; null where there is no such question. */
export function buildCalendar(
  items: readonly ItemReport[],
  { topic, item }: ChangeFilter = {},
): Calendar | null {
  const meant = items.filter(
    (one) => (topic === undefined || one.topic === topic) && (item === undefined || one.id === item),
  )
  const [first] = meant
  if (first === undefined && (topic !== undefined || item !== undefined)) return null
  const about = item === undefined ? oneLine(topic ?? '') : clip(first?.question ?? '', 200)
  return {
    title: about === '' ? 'openwatch: expected dates' : `openwatch: ${about}`,
    events: meant.flatMap(eventOf),
  }
}

/** Where an event stands after some changes. */
interface Placed {
  readonly from: string
  readonly to: string
  readonly isOff: boolean
}

function eventOf(item: ItemReport): readonly CalendarEvent[] {
  const { placed, sequence, last } = place(item)
  if (placed === null) return []
  return [
    {
      ...{ itemId: item.id, from: placed.from, to: placed.to, sequence },
      state: placed.isOff ? 'cancelled' : isSure(item) ? 'confirmed' : 'tentative',
      title: titleOf(item),
      text: textOf(item),
      topic: oneLine(item.topic),
      createdAt: item.changes[0]?.recordedAt ?? item.since,
      updatedAt: last,
    },
  ]
}

/** Follows the changes: an event that was ever shown stays, cancelled, when its date is taken away. */
function place({ changes, expected, since }: ItemReport): {
  readonly placed: Placed | null
  readonly sequence: number
  readonly last: Date
} {
  const [first] = changes
  let placed = placedAt(daysOf(first === undefined ? expected : first.expectedFrom), null, false)
  let sequence = 0
  let last = since
  for (const change of changes) {
    const next = placedAt(daysAfter(change), placed, isOffAfter(change))
    if (placed !== null && !isSame(placed, next)) sequence += 1
    if (!isSame(placed, next)) last = change.recordedAt
    placed = next
  }
  return { placed, sequence, last }
}

function placedAt(days: Days | null, before: Placed | null, isOff: boolean): Placed | null {
  if (days !== null) return { ...days, isOff }
  return before === null ? null : { ...before, isOff: true }
}

interface Days {
  readonly from: string
  readonly to: string
}

/** What has happened stands at its day. */
function daysAfter({ kind, to, at, expectedTo }: ReportChange): Days | null {
  const day = at.toISOString().slice(0, 10)
  if (kind !== 'date' && to === 'happened') return { from: day, to: day }
  return daysOf(expectedTo)
}

function isOffAfter({ to }: ReportChange): boolean {
  return to === 'cancelled'
}

/** Of a window that is open at one side the other side's day. */
function daysOf(window: DateWindow | null): Days | null {
  const from = (window?.from ?? window?.to)?.slice(0, 10)
  const to = (window?.to ?? window?.from)?.slice(0, 10)
  return from === undefined || to === undefined || window?.granularity === 'none' ? null : { from, to }
}

function isSame(a: Placed | null, b: Placed | null): boolean {
  return a?.from === b?.from && a?.to === b?.to && a?.isOff === b?.isOff
}

function isSure({ status, changes }: ItemReport): boolean {
  return status === 'happened' || changes.at(-1)?.certainty === 'official'
}

const lead: Readonly<Record<Status, string>> = {
  open: '',
  rumoured: 'Rumoured: ',
  announced: '',
  delayed: 'Delayed: ',
  happened: 'Happened: ',
  cancelled: 'Cancelled: ',
}

function titleOf({ status, question }: ItemReport): string {
  return `${lead[status]}${clip(question, 200)}`
}

function textOf({ status, expected, slippage, evidence }: ItemReport): string {
  const [first] = evidence
  const url = first === undefined ? null : safeUrl(first.url)
  return [
    `Status: ${status}${isSettled(status) ? '' : `, expected ${clip(windowText(expected), 100)}`}`,
    ...(slippage.length < 2 ? [] : [`Promised: ${slippage.map((step) => clip(step, 80)).join(' → ')}`]),
    ...(first === undefined
      ? []
      : [`“${clip(first.quote, 400)}” ${clip(first.outlet, 80)}, ${certaintyWords[first.certainty]}`]),
    ...(url === null ? [] : [url]),
  ].join('\n')
}
