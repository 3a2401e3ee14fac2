import type { Paint } from './paint.ts'
import { count, durationText, untilText } from './people-time.ts'
import type { FailureGroup, FeedsReport } from './status-report.ts'
import { wrapText } from './wrap-text.ts'

/** The health of the feeds: one line when all is well, else which fail, why, and when they are tried next. */
export function feedsLines(feeds: FeedsReport, now: Date, columns: number, paint: Paint): readonly string[] {
  const lines = [
    paint(feedsHeadline(feeds, now), feeds.failing === 0 && feeds.total > 0 ? 'good' : 'warning'),
  ]
  for (const group of feeds.groups) lines.push(...groupLines(group, now, columns, paint))
  return lines
}

/** "23 of 24 feeds healthy, 1 failing", or what else is to say in one line. */
export function feedsHeadline(feeds: FeedsReport, now: Date): string {
  if (feeds.total === 0) return 'No feeds: nothing can be seen. Add one: openwatch feeds add <url>'
  const parts = []
  if (feeds.healthy === 1 && feeds.total === 1) parts.push('The only feed is healthy')
  else if (feeds.healthy === feeds.total) parts.push(`All ${count(feeds.total, 'feed')} healthy`)
  else parts.push(`${feeds.healthy} of ${count(feeds.total, 'feed')} healthy`)
  if (feeds.failing > feeds.stale) parts.push(`${feeds.failing - feeds.stale} failing`)
  if (feeds.stale > 0) parts.push(`${feeds.stale} stale`)
  if (feeds.paused > 0) parts.push(`${feeds.paused} paused`)
  if (feeds.waiting > 0) {
    const next = feeds.nextPollAt === null ? '' : ` (next ${untilText(feeds.nextPollAt, now)})`
    parts.push(`${feeds.waiting} not polled yet${next}`)
  }
  return parts.join(', ')
}

/** "for 40 min, next try in 3 min" as far as known. */
export function whenText(what: Pick<FailureGroup, 'since' | 'nextTry'>, now: Date): string {
  const parts = []
  if (what.since !== null) parts.push(`for ${durationText(now.getTime() - what.since.getTime())}`)
  parts.push(what.nextTry === null ? 'not tried again' : `next try ${untilText(what.nextTry, now)}`)
  return parts.join(', ')
}

function groupLines(group: FailureGroup, now: Date, columns: number, paint: Paint): readonly string[] {
  const width = columns - 4
  const size = group.feeds.length
  const title = size === 1 ? (group.feeds[0]?.name ?? '') : count(size, 'feed')
  const [first = '', ...rest] = wrapText(`${title}: ${group.reason}`, width)
  const names = group.feeds
    .map((feed) => feed.name)
    .sort()
    .join(', ')
  return [
    `  ${paint('!', 'warning')} ${first}`,
    ...rest.map((line) => `    ${line}`),
    `    ${paint(whenText(group, now), 'faint')}`,
    ...(size === 1 ? [] : wrapText(names, width).map((line) => `    ${paint(line, 'faint')}`)),
  ]
}
