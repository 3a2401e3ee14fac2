import {
  noActions,
  pageOfAll,
  quotesOf,
  type Actions,
  type AlertParts,
  type QuoteParts,
} from './alert-parts.ts'
import { cutWords, fits, lengthIn, unlimited, type Limit } from './limit.ts'
import type { Markup } from './markup.ts'
import { outlineOf, type Outline, type OutlineRow } from './message-outline.ts'
import type { Message } from './message.ts'
import { messageSubject } from './message-subject.ts'

/**
 * A message in a markup, never longer than the limit (of at least 1) and never empty. What does not fit is left out
 * from the end in whole alerts, and counted; a single alert gives up its lesser parts one by one, then whole words.
 */
export function renderMessage(
  message: Message,
  markup: Markup,
  limit: Limit = unlimited,
  actions: Actions = noActions,
): string {
  const { heading, rows } = outlineOf(message, actions)
  if (heading === null) return fitRow(rows[0], markup, limit) ?? bare(message, markup, limit)
  return fitRows(heading, rows, markup, limit) ?? bare(message, markup, limit)
}

/**
 * What stands beneath a title that `messageSubject` made, within a limit, never empty: nothing of the title is said
 * again unless it had to be cut.
 */
export function renderBody(
  message: Message,
  title: string,
  markup: Markup,
  limit: Limit = unlimited,
  actions: Actions = noActions,
): string {
  const { heading, rows } = outlineOf(message, actions)
  if (heading !== null) return fitRows(null, rows, markup, limit) ?? bare(message, markup, limit)
  const titled = messageSubject(message, { size: 5000, unit: 'characters' }) === title
  return fitRow({ ...rows[0], titled }, markup, limit) ?? bare(message, markup, limit)
}

/** An alert in its place; `titled`: what moved of which question stands above it already. */
interface Row extends OutlineRow {
  readonly titled?: boolean
}

function bare(message: Message, markup: Markup, limit: Limit): string {
  const subject = messageSubject(message, { size: 1000, unit: 'characters' })
  const cut = cutWords(subject, (words) => fits(markup.words(words), limit))
  return cut === null ? '.' : markup.words(cut)
}

/** The heading, if any, and as many whole alerts as fit; null where there is no room for one. */
function fitRows(heading: string | null, rows: Outline['rows'], markup: Markup, limit: Limit): string | null {
  // Links for doing something would drown a long list; the page of each question has them.
  const lean = rows.map((row) => (rows.length > 1 ? { ...row, parts: { ...row.parts, actions: [] } } : row))
  const head = heading === null ? [] : [markup.paragraph([markup.strong(heading)])]
  const blocks = lean.map((row) => rowText(row, markup))
  const measure = (text: string) => lengthIn(text, limit.unit)
  const gap = measure(markup.gap)
  const lengths = blocks.map((block) => gap + measure(block))
  let length = measure(head.join('')) + lengths.reduce((sum, one) => sum + one, 0)
  if (heading === null) length -= gap
  for (let kept = rows.length; kept > 0; kept--) {
    const more = moreText(rows, kept, markup)
    if (length + (more === null ? 0 : gap + measure(more)) <= limit.size) {
      return [...head, ...blocks.slice(0, kept), ...(more === null ? [] : [more])].join(markup.gap)
    }
    length -= lengths[kept - 1] ?? 0
  }
  return fitFirst(head, rows, markup, limit)
}

/** Heading, the first alert cut down to the room there is, and how many more there are. */
function fitFirst(
  head: readonly string[],
  rows: Outline['rows'],
  markup: Markup,
  limit: Limit,
): string | null {
  const more = moreText(rows, 1, markup)
  const rest = more === null ? [] : [more]
  const taken = [...head, ...rest].reduce((sum, text) => sum + lengthIn(text + markup.gap, limit.unit), 0)
  const row = fitRow(rows[0], markup, { ...limit, size: limit.size - taken })
  return row === null ? null : [...head, row, ...rest].join(markup.gap)
}

function moreText(rows: Outline['rows'], kept: number, markup: Markup): string | null {
  const left = rows.length - kept
  if (left <= 0) return null
  const words = `and ${left} more`
  const page = pageOfAll(rows[0].parts)
  return markup.paragraph([page === null ? markup.words(words) : markup.link(words, page)])
}

/** What a single alert gives up, in this order, until it fits. */
const reductions: readonly ((parts: AlertParts) => AlertParts)[] = [
  (parts) => parts,
  (parts) => ({ ...parts, actions: [] }),
  (parts) => ({ ...parts, details: parts.details.slice(0, 2) }),
  (parts) => ({ ...parts, quote: shorter(parts.quote, 240), against: shorter(parts.against, 120) }),
  (parts) => ({ ...parts, details: [], slippage: [] }),
  (parts) => ({ ...parts, quote: shorter(parts.quote, 120) }),
  (parts) => ({ ...parts, why: null, against: null }),
  (parts) => ({ ...parts, quote: null }),
  (parts) => ({ ...parts, link: null }),
]

function fitRow(row: Row, markup: Markup, limit: Limit): string | null {
  let parts = row.parts
  for (const reduce of reductions) {
    parts = reduce(parts)
    const text = rowText({ ...row, parts }, markup)
    if (fits(text, limit)) return text
  }
  const words = (cut: string) => markup.paragraph([markup.words(cut)])
  const cut = cutWords(`${parts.title}: ${parts.question}`, (text) => fits(words(text), limit))
  return cut === null || cut === '…' ? null : words(cut)
}

function shorter(quote: QuoteParts | null, limit: number): QuoteParts | null {
  if (quote === null) return null
  return { ...quote, text: cutWords(quote.text, (text) => text.length <= limit) ?? quote.text }
}

function rowText({ topic, asked, parts, titled = false }: Row, markup: Markup): string {
  const paragraphs: string[] = []
  if (topic !== null) paragraphs.push(markup.paragraph([markup.strong(topic)]))
  const title = `${markup.words(parts.symbol)} ${markup.strong(parts.title)} · ${markup.words(parts.when)}`
  if (titled) paragraphs.push(markup.paragraph([markup.words(parts.when)]))
  else paragraphs.push(markup.paragraph(asked ? [title] : [title, markup.words(parts.question)]))
  if (parts.why !== null) paragraphs.push(markup.paragraph([markup.words(parts.why)]))
  for (const quote of quotesOf(parts)) paragraphs.push(quoteText(quote, markup))
  if (parts.slippage.length > 0) {
    paragraphs.push(markup.paragraph([markup.words(`Promised: ${parts.slippage.join(' → ')}`)]))
  }
  if (parts.details.length > 0) paragraphs.push(markup.list(parts.details.map(markup.words)))
  const links = linksText(parts, markup)
  if (links.length > 0) paragraphs.push(markup.paragraph(links))
  return paragraphs.join(markup.gap)
}

function quoteText({ text, outlet, url, notes }: QuoteParts, markup: Markup): string {
  const said = markup.words(`“${text}”`)
  const rest = notes.map(markup.words)
  if (url === null) return markup.quote([said, [markup.words(outlet), ...rest].join(' · ')])
  if (!markup.bareLinks) return markup.quote([said, [markup.link(outlet, url), ...rest].join(' · ')])
  return markup.quote([said, [markup.words(outlet), ...rest].join(' · '), url])
}

function linksText({ link, linkLabel, actions }: AlertParts, markup: Markup): readonly string[] {
  const links = actions.map(({ label, url }) => markup.link(label, url))
  if (link !== null) links.unshift(markup.link(linkLabel, link))
  if (links.length === 0) return []
  return markup.bareLinks ? links : [links.join(' · ')]
}
