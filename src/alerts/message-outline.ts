import { count, dayText, monthName } from '../report/people-time.ts'
import type { Alert, AlertKind } from './alert.ts'
import { alertParts, noActions, type Actions, type AlertParts } from './alert-parts.ts'
import type { Message } from './message.ts'

/** One alert of a message, in its place. */
export interface OutlineRow {
  /** The topic to name above it; null where none is, or the one above still holds. */
  readonly topic: string | null
  /** Whether the same question stands right above, so that it need not be asked again. */
  readonly asked: boolean
  readonly parts: AlertParts
}

/** A message in the order in which it is told: by topic (digests only), by question, oldest first. Never empty. */
export interface Outline {
  /** "3 changes", "Digest for 3 to 10 June 2025: 5 changes"; null for a single alert. */
  readonly heading: string | null
  readonly rows: readonly [OutlineRow, ...OutlineRow[]]
}

/** How a message is laid out, whatever the channel. */
export function outlineOf(message: Message, actions: Actions = noActions): Outline {
  const { alerts, digest } = message
  const parts = alerts.map((alert) => alertParts(alert, actions))
  const groups = digest === null ? [parts] : byTopic(parts)
  const rows = groups.flatMap((group) => {
    const name = digest === null ? null : topicName(group, groups.length)
    return groupBy(group, ({ question }) => question).flatMap((question, nth) =>
      question.map((one, index) => ({
        topic: nth === 0 && index === 0 ? name : null,
        asked: index > 0 || one.question === name,
        parts: one,
      })),
    )
  })
  return { heading: headingOf(message), rows: rows as [OutlineRow, ...OutlineRow[]] }
}

/** What is about no question comes last. */
function byTopic(parts: readonly AlertParts[]): readonly AlertParts[][] {
  const groups = groupBy(parts, ({ topic }) => topic ?? '')
  return [
    ...groups.filter(([first]) => first?.topic !== null),
    ...groups.filter(([first]) => first?.topic === null),
  ]
}

/** News of openwatch itself needs its name above it only where other topics stand before it. */
function topicName(group: readonly AlertParts[], groups: number): string | null {
  const [first] = group
  if (first === undefined) return null
  return first.topic ?? (groups > 1 ? first.question : null)
}

/** What a message of several alerts is called; null where it is a single alert. */
export function headingOf({ alerts, digest }: Message): string | null {
  const [first, ...others] = alerts
  if (digest === null) return others.length === 0 ? null : countText(alerts)
  const period = `Digest for ${periodText(digest.from, digest.to)}`
  return first.kind === 'all-quiet' && others.length === 0 ? period : `${period}: ${countText(alerts)}`
}

const changes = new Set<AlertKind>(['status-changed', 'date-changed', 'corrected'])

function countText(alerts: readonly Alert[]): string {
  return count(alerts.length, alerts.every(({ kind }) => changes.has(kind)) ? 'change' : 'alert')
}

/** "10 June 2025", "3 to 10 June 2025", "28 May to 3 June 2025": the days of a span, in UTC. */
export function periodText(from: Date, to: Date): string {
  const last = dayText(to)
  if (dayText(from) === last || from >= to) return last
  const day = String(from.getUTCDate())
  if (from.getUTCFullYear() !== to.getUTCFullYear()) return `${dayText(from)} to ${last}`
  return from.getUTCMonth() === to.getUTCMonth()
    ? `${day} to ${last}`
    : `${day} ${monthName(from.getUTCMonth())} to ${last}`
}

/** Groups in the order in which each began. */
function groupBy<Value>(values: readonly Value[], keyOf: (value: Value) => string): readonly Value[][] {
  const groups = new Map<string, Value[]>()
  for (const value of values) {
    const group = groups.get(keyOf(value))
    if (group === undefined) groups.set(keyOf(value), [value])
    else group.push(value)
  }
  return [...groups.values()]
}
