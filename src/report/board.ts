import { statuses, type Status } from '../status/status.ts'
import { oneLine } from './plain.ts'
import type { ItemReport } from './status-report.ts'
import { isSettled } from './status-words.ts'

/** A span of time in equal steps, for counting. */
export interface SparkSpan {
  readonly until: Date
  readonly steps: number
  /** Milliseconds. */
  readonly stepMs: number
}

/** What a board counts entries over: thirteen weeks. */
export const sparkSteps = { steps: 13, stepMs: 7 * 86_400_000 } as const

/** What may be asked of a board besides a status: what a person should look at. */
export const boardStatuses = ['attention', ...statuses] as const
export type BoardStatus = (typeof boardStatuses)[number]

/** Which questions are shown; all of them where nothing is said. */
export interface BoardFilter {
  readonly topic?: string | undefined
  readonly status?: BoardStatus | undefined
  /** Words that all occur in the question, its topic, id, quote or outlet, letter case aside. */
  readonly text?: string | undefined
}

/** Questions that belong together on a board. */
export interface BoardSection {
  readonly kind: 'attention' | 'waiting' | 'answered' | 'paused'
  readonly items: readonly ItemReport[]
}

/** Whether a person should look at a question first: it is late, in dispute, or cannot be seen. */
export function needsLook(item: ItemReport): boolean {
  return item.overdue !== null || item.disputed || item.sight.blindSince !== null
}

/** The questions that a filter leaves, in the order given. */
export function filterItems(items: readonly ItemReport[], filter: BoardFilter): readonly ItemReport[] {
  const words = (filter.text ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  return items.filter(
    (item) =>
      (filter.topic === undefined || item.topic === filter.topic) &&
      (filter.status === undefined || hasStatus(item, filter.status)) &&
      (words.length === 0 || words.every((word) => searchable(item).includes(word))),
  )
}

/** The questions as a person reads them: what needs a look, what is waited for, what is answered, what is paused. */
export function boardSections(items: readonly ItemReport[]): readonly BoardSection[] {
  const kinds = ['attention', 'waiting', 'answered', 'paused'] as const
  return kinds
    .map((kind) => ({ kind, items: items.filter((item) => sectionOf(item) === kind).sort(newestFirst) }))
    .filter((section) => section.items.length > 0)
}

/** How many questions have each status, and how many need a look; what none has is left out. */
export function boardCounts(
  items: readonly ItemReport[],
): readonly { readonly status: BoardStatus; readonly count: number }[] {
  return boardStatuses
    .map((status) => ({ status, count: items.filter((item) => hasStatus(item, status)).length }))
    .filter(({ count }) => count > 0)
}

/** The topics of questions, in the order of the alphabet. */
export function topicsOf(items: readonly ItemReport[]): readonly string[] {
  return [...new Set(items.map(({ topic }) => topic))].sort((a, b) => a.localeCompare(b))
}

function hasStatus(item: ItemReport, status: BoardStatus): boolean {
  return status === 'attention' ? needsLook(item) : item.status === (status satisfies Status)
}

function searchable({ question, topic, id, evidence }: ItemReport): string {
  const said = evidence.slice(0, 1).flatMap(({ quote, outlet }) => [quote, outlet])
  return oneLine([question, topic, id, ...said].join(' ')).toLowerCase()
}

function sectionOf(item: ItemReport): BoardSection['kind'] {
  if (item.state === 'paused') return 'paused'
  if (needsLook(item)) return 'attention'
  return isSettled(item.status) ? 'answered' : 'waiting'
}

function newestFirst(a: ItemReport, b: ItemReport): number {
  return movedAt(b) - movedAt(a) || a.question.localeCompare(b.question)
}

function movedAt(item: ItemReport): number {
  return (item.changes.at(-1)?.at ?? item.since).getTime()
}
