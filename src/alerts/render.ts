import stringWidth from 'string-width'
import { wrapText } from '../report/wrap-text.ts'
import type { Status } from '../status/status.ts'
import { noActions, quotesOf, type Actions, type AlertParts, type QuoteParts } from './alert-parts.ts'
import type { Alert } from './alert.ts'
import { characters, cutTo } from './limit.ts'
import { outlineOf, type OutlineRow } from './message-outline.ts'
import { alertTitle } from './message-subject.ts'
import { messageOf, type Message } from './message.ts'
import type { Tone } from './tone.ts'

/** Colours one part of a rendered alert; the text itself must come back unchanged but for escape codes. */
export type AlertPaint = (text: string, role: Status | 'strong' | 'faint' | 'warning') => string

const unpainted: AlertPaint = (text) => text

/** One line for lists: "announced → delayed: When will …?" */
export function alertSubject(alert: Alert, limit = 120): string {
  return cutTo(alertTitle(alert), characters(limit))
}

/** One alert for a terminal, wrapped at `width` columns. */
export function renderAlertText(alert: Alert, width: number, paint: AlertPaint = unpainted): string {
  return renderMessageText(messageOf(alert), width, paint)
}

/**
 * A message for a terminal or the plain part of a mail, wrapped at `width` columns. Links stand alone on their lines
 * and are never broken, so that they can be followed.
 */
export function renderMessageText(
  message: Message,
  width: number,
  paint: AlertPaint = unpainted,
  actions: Actions = noActions,
): string {
  const { heading, rows } = outlineOf(message, actions)
  const blocks = rows.map((row) => rowLines(row, width, paint).join('\n'))
  if (heading === null) return blocks.join('\n\n')
  const head = wrapText(heading, width).map((line) => paint(line, 'strong'))
  return [head.join('\n'), ...blocks].join('\n\n')
}

function rowLines(row: OutlineRow, width: number, paint: AlertPaint): readonly string[] {
  const { topic, asked, parts } = row
  const title = `${parts.symbol} ${parts.title}`
  const together = width === Infinity || stringWidth(title) + stringWidth(parts.when) + 2 <= width
  const painted = wrapText(title, width - 2).map((line, nth) =>
    paint(nth === 0 ? line : `  ${line}`, roleOf(parts.tone)),
  )
  const when = paint(parts.when, 'faint')
  const lines =
    topic === null ? [] : [...wrapText(`# ${topic}`, width).map((line) => paint(line, 'faint')), '']
  lines.push(...(together ? [`${painted.join('\n')}  ${when}`] : [...painted, `  ${when}`]))
  if (!asked) lines.push(...wrapText(parts.question, width, 2).map((line) => paint(line, 'strong')))
  if (parts.why !== null) lines.push(...wrapText(parts.why, width, 2))
  for (const quote of quotesOf(parts)) lines.push(...quoteLines(quote, width, paint))
  if (parts.slippage.length > 0) lines.push(...wrapText(`Promised: ${parts.slippage.join(' → ')}`, width, 2))
  lines.push(...parts.details.flatMap((line) => wrapText(line, width, 2)))
  return [...lines, ...linkLines(parts, width, paint)]
}

function quoteLines(
  { text, outlet, url, notes }: QuoteParts,
  width: number,
  paint: AlertPaint,
): readonly string[] {
  return [
    ...wrapText(`“${text}”`, width, 2),
    ...wrapText([outlet, ...notes].join(' · '), width, 2).map((line) => paint(line, 'faint')),
    ...(url === null ? [] : [`  ${paint(url, 'faint')}`]),
  ]
}

function linkLines({ link, actions }: AlertParts, width: number, paint: AlertPaint): readonly string[] {
  const page = link === null ? [] : [`  ${paint(link, 'faint')}`]
  const doing = actions.flatMap(({ label, url }) => [
    ...wrapText(`${label}:`, width, 2),
    `  ${paint(url, 'faint')}`,
  ])
  return doing.length === 0 ? page : [...page, '', ...doing]
}

function roleOf(tone: Tone): Parameters<AlertPaint>[1] {
  if (tone === 'good') return 'happened'
  return tone === 'plain' ? 'strong' : tone
}
