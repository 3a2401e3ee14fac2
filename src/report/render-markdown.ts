import { attention } from './attention.ts'
import { changeTitle } from './change-title.ts'
import { windowText } from './date-window.ts'
import { markdownLink, markdownText } from './markdown.ts'
import { count, dayText, momentText, shortDayText } from './people-time.ts'
import { clip } from './plain.ts'
import { feedsHeadline, whenText } from './render-feeds-text.ts'
import type { ReportEvidence } from './report-input.ts'
import type { FailureGroup, ItemReport, StatusReport } from './status-report.ts'
import { certaintyWords, statusSymbols } from './status-words.ts'
import { blindText } from './text-parts.ts'
import { rejectionText, wishesText } from './wishes.ts'

/** The report for chats and notes that read Markdown. What feeds wrote stays text. */
export function renderMarkdown(report: StatusReport): string {
  const { feeds, generatedAt } = report
  const groups = feeds.groups.map((group) => groupLine(group, generatedAt))
  return (
    [
      heading(report),
      ...report.items.map(itemMarkdown),
      [markdownText(feedsHeadline(feeds, generatedAt)), ...groups].join('\n'),
    ].join('\n\n') + '\n'
  )
}

function heading({ items, generatedAt }: StatusReport): string {
  const marks = attention(items).map((mark) => `**${mark}**`)
  return [`**${count(items.length, 'question')}**`, ...marks, momentText(generatedAt)].join(' · ')
}

/** One question with its whole history, newest first. */
export function renderItemMarkdown(item: ItemReport): string {
  const changes = item.changes.toReversed().map((change) => {
    const [deciding] = change.evidence
    const title = `- ${shortDayText(change.at)}: **${markdownText(`#${change.sequence} ${changeTitle(change)}`)}**`
    if (deciding === undefined) return title
    const said = `${title}  \n  ${markdownText(clip(deciding.quote, 280))} (${sourceMarkdown(deciding)})`
    return deciding.rejected === undefined
      ? said
      : `${said}  \n  **${markdownText(rejectionText(deciding.rejected))}**`
  })
  return [itemMarkdown(item), ...(changes.length === 0 ? [] : [changes.join('\n')])].join('\n\n') + '\n'
}

function itemMarkdown(item: ItemReport): string {
  const [deciding] = item.evidence
  const lines = [
    `${statusSymbols[item.status]} **${item.status}** · ${markdownText(item.question)}`,
    standing(item),
  ]
  if (item.slippage.length > 1) lines.push(`promised: ${markdownText(item.slippage.join(' → '))}`)
  const blocks = [lines.join('  \n')]
  if (deciding !== undefined) {
    blocks.push(`> ${markdownText(clip(deciding.quote, 280))}\n> ${sourceMarkdown(deciding)}`)
  }
  return [...blocks, `_${markdownText(item.quiet.text)}_`].join('\n\n')
}

function standing(item: ItemReport): string {
  const parts = [`since ${dayText(item.since)}`]
  if (item.expected !== null) parts.push(`expected ${markdownText(windowText(item.expected))}`)
  if (item.disputed) parts.push('**disputed**')
  if (item.overdue !== null) parts.push(`**overdue for ${count(item.overdue.days, 'day')}**`)
  if (item.sight.blindSince !== null) parts.push(`**${markdownText(blindText(item.sight))}**`)
  if (item.state === 'paused') parts.push('paused')
  parts.push(...wishesText(item.wishes).map(markdownText))
  return parts.join(' · ')
}

function sourceMarkdown(one: ReportEvidence): string {
  return `${markdownLink(one.outlet, one.url)}, ${shortDayText(one.claimedAt)} · ${certaintyWords[one.certainty]}`
}

function groupLine(group: FailureGroup, now: Date): string {
  const who = group.feeds.length === 1 ? (group.feeds[0]?.name ?? '') : count(group.feeds.length, 'feed')
  return `- ${markdownText(`${who}: ${group.reason} (${whenText(group, now)})`)}`
}
