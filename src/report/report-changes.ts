import { windowText } from './date-window.ts'
import { momentText } from './people-time.ts'
import { clip, oneLine } from './plain.ts'
import { feedsHeadline } from './render-feeds-text.ts'
import type { ItemReport, StatusReport } from './status-report.ts'
import { blindText, overdueText } from './text-parts.ts'

/** What is otherwise in a report than in the one before it, a line each, for logs and pipes. */
export function reportChanges(before: StatusReport, after: StatusReport): readonly string[] {
  const known = new Map(before.items.map((item) => [item.id, item]))
  const now = new Set(after.items.map(({ id }) => id))
  const lines = [
    ...after.items.flatMap((item) => {
      const old = known.get(item.id)
      return old === undefined
        ? [`${item.id}: under watch, ${item.status}: ${oneLine(item.question)}`]
        : itemChanges(old, item).map((change) => `${item.id}: ${change}`)
    }),
    ...before.items.filter(({ id }) => !now.has(id)).map(({ id }) => `${id}: not under watch any more`),
    ...feedChanges(before, after),
  ]
  return lines.map((line) => `${momentText(after.generatedAt)}  ${line}`)
}

function itemChanges(old: ItemReport, item: ItemReport): string[] {
  const [said] = item.evidence
  const quote = said === undefined ? '' : ` “${clip(said.quote, 160)}” (${oneLine(said.outlet)})`
  const expected = (one: ItemReport) => (one.expected === null ? 'no date' : windowText(one.expected))
  return [
    ...(old.status === item.status ? [] : [`${old.status} → ${item.status}${quote}`]),
    ...(expected(old) === expected(item) ? [] : [`expected ${expected(old)} → ${expected(item)}`]),
    ...(old.disputed === item.disputed ? [] : [item.disputed ? 'disputed' : 'not disputed any more']),
    ...((old.overdue === null) === (item.overdue === null) || item.overdue === null
      ? []
      : [overdueText(item)]),
    ...((old.sight.blindSince === null) === (item.sight.blindSince === null)
      ? []
      : [item.sight.blindSince === null ? 'its feeds can be read again' : blindText(item.sight)]),
    ...(old.state === item.state ? [] : [item.state]),
  ]
}

/** Counts that move by themselves (when the next poll is) are no change. */
function feedChanges(before: StatusReport, after: StatusReport): string[] {
  const steady = ({ feeds }: StatusReport) => feedsHeadline({ ...feeds, nextPollAt: null }, after.generatedAt)
  return steady(before) === steady(after) ? [] : [`feeds: ${steady(after)}`]
}
