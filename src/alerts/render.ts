import stringWidth from 'string-width'
import { certaintyWords, statusSymbols } from '../report/status-words.ts'
import { momentText, untilText } from '../report/people-time.ts'
import { clip, oneLine } from '../report/plain.ts'
import { markdownLink, markdownText } from '../report/markdown.ts'
import { safeUrl } from '../report/safe-url.ts'
import { wrapText } from '../report/wrap-text.ts'
import type { Status } from '../status/status.ts'
import type { Alert, AlertEvidence, AlertKind } from './alert.ts'
import {
  evidenceOf,
  explanation,
  headline,
  originsText,
  slippageOf,
  statusAfter,
  subjectMatter,
} from './alert-words.ts'

/** Colours one part of a rendered alert; the text itself must come back unchanged but for escape codes. */
export type AlertPaint = (text: string, role: Status | 'strong' | 'faint' | 'warning') => string

const quoteLimit = 400
const listedFeeds = 5

/** One line for subjects and notifications: "announced → delayed: When will …?" */
export function alertSubject(alert: Alert, limit = 120): string {
  return clip(`${headline(alert)}: ${subjectMatter(alert)}`, limit)
}

/** An alert for a terminal or a plain text message, wrapped at `width` columns. Links stand alone on their lines. */
export function renderAlertText(alert: Alert, width: number, paint: AlertPaint = (text) => text): string {
  const status = statusAfter(alert)
  const title = status === null ? headline(alert) : `${statusSymbols[status]} ${headline(alert)}`
  const moment = momentText(alert.at)
  const apart = stringWidth(title) + stringWidth(moment) + 2 > width ? '\n  ' : '  '
  const lines = [
    paint(title, roleOf(alert, status)) + apart + paint(moment, 'faint'),
    ...indented(subjectMatter(alert), width).map((line) => paint(line, 'strong')),
  ]
  const why = explanation(alert)
  if (why !== null) lines.push(...indented(why, width))
  for (const one of evidenceOf(alert).slice(0, 1)) lines.push(...evidenceText(alert, one, width, paint))
  if (slippageOf(alert).length > 1)
    lines.push(...indented(`Promised: ${slippageOf(alert).join(' → ')}`, width))
  if (alert.kind === 'feed-blind') lines.push(...feedLines(alert, width))
  if (alert.reportUrl !== null) lines.push(`  ${paint(alert.reportUrl, 'faint')}`)
  return lines.join('\n')
}

/** An alert for chats that read Markdown. What a feed wrote cannot become markup, a mention or a hidden link. */
export function renderAlertMarkdown(alert: Alert): string {
  const blocks = [`**${markdownText(headline(alert))}** · ${markdownText(subjectMatter(alert))}`]
  const why = explanation(alert)
  if (why !== null) blocks.push(markdownText(why))
  for (const one of evidenceOf(alert).slice(0, 1)) blocks.push(evidenceMarkdown(alert, one))
  if (slippageOf(alert).length > 1) blocks.push(`Promised: ${markdownText(slippageOf(alert).join(' → '))}`)
  if (alert.kind === 'feed-blind') {
    blocks.push(
      feedLines(alert, Infinity)
        .map((line) => `- ${markdownText(line)}`)
        .join('\n'),
    )
  }
  if (alert.reportUrl !== null) blocks.push(markdownLink('the whole story', alert.reportUrl))
  return blocks.join('\n\n')
}

const warning = new Set<AlertKind>(['disputed', 'overdue', 'feed-blind', 'channel-failing'])

function roleOf(alert: Alert, status: Status | null): Status | 'warning' | 'strong' {
  return warning.has(alert.kind) ? 'warning' : (status ?? 'strong')
}

function indented(text: string, width: number): readonly string[] {
  return wrapText(oneLine(text), width, 2)
}

function evidenceText(alert: Alert, one: AlertEvidence, width: number, paint: AlertPaint): readonly string[] {
  const url = safeUrl(one.url)
  return [
    ...indented(`“${clip(one.quote, quoteLimit)}”`, width),
    ...indented(sourceLine(alert, one), width).map((line) => paint(line, 'faint')),
    ...(url === null ? [] : [`  ${paint(url, 'faint')}`]),
  ]
}

function evidenceMarkdown(alert: Alert, one: AlertEvidence): string {
  const [outlet = '', ...rest] = sourceParts(alert, one)
  const source = [markdownLink(outlet, one.url), ...rest.map(markdownText)].join(' · ')
  return `> ${markdownText(clip(one.quote, quoteLimit))}\n>\n> ${source}`
}

function sourceLine(alert: Alert, one: AlertEvidence): string {
  return sourceParts(alert, one).join(' · ')
}

function sourceParts(alert: Alert, one: AlertEvidence): readonly string[] {
  const parts = [oneLine(one.outlet), momentText(one.claimedAt), certaintyWords[one.certainty]]
  const origins = originsText(alert)
  return origins === null ? parts : [...parts, origins]
}

function feedLines(alert: Extract<Alert, { kind: 'feed-blind' }>, width: number): readonly string[] {
  const lines = alert.feeds.slice(0, listedFeeds).flatMap((feed) => {
    const next = feed.nextTry === null ? '' : ` (tried again ${untilText(feed.nextTry, alert.at)})`
    const text = oneLine(`${feed.url}: ${feed.reason}${next}`)
    return width === Infinity ? [text] : indented(text, width)
  })
  const more = alert.feeds.length - listedFeeds
  return more > 0 ? [...lines, `${width === Infinity ? '' : '  '}and ${more} more`] : lines
}
