import { pageOfAll, quotesOf, type Actions, type AlertParts, type QuoteParts } from '../alert-parts.ts'
import { characters, cutTo } from '../limit.ts'
import { plainText } from '../markup-plain.ts'
import { slackText } from '../markup-slack.ts'
import { outlineOf, type Outline, type OutlineRow } from '../message-outline.ts'
import { messageSubject } from '../message-subject.ts'
import type { Message } from '../message.ts'
import { fitting, leanest, type Room } from './fitting.ts'

/**
 * The limits of Slack. The sum of all blocks is not documented: between 11,000 and 13,000 characters it answers
 * `msg_blocks_too_long` (slackapi/bolt-js#2509, #2867); the JSON of our blocks, always longer than what it counts,
 * stays under that.
 */
const limits = { blocks: 50, header: 150, json: 11_000, subject: 300 } as const

/** The JSON of a header. */
const reserved = 500

interface TextElement {
  readonly type: 'text'
  readonly text: string
  readonly style?: { readonly bold: true }
}

interface LinkElement {
  readonly type: 'link'
  readonly url: string
  readonly text: string
}

type InlineElement = TextElement | LinkElement

interface RichTextElement {
  readonly type: 'rich_text_section' | 'rich_text_quote' | 'rich_text_list'
  readonly style?: 'bullet'
  readonly elements: readonly (InlineElement | RichTextElement)[]
}

type SlackBlock =
  | {
      readonly type: 'header'
      readonly text: { readonly type: 'plain_text'; readonly text: string; readonly emoji: false }
    }
  | { readonly type: 'divider' }
  | { readonly type: 'rich_text'; readonly elements: readonly RichTextElement[] }

/** A message as Slack takes it. */
export interface SlackMessage {
  /** What notifications show. */
  readonly text: string
  readonly blocks: readonly SlackBlock[]
  readonly unfurl_links: false
  readonly unfurl_media: false
}

/**
 * A message in Block Kit. The words of feeds stand in rich text, which knows neither markup nor mentions. Where it
 * would grow over the limits, whole alerts are left out from the end and counted.
 */
export function slackMessage(message: Message, actions: Actions): SlackMessage {
  return {
    text: slackText(messageSubject(message, characters(limits.subject))),
    blocks: blocksOf(message, actions),
    unfurl_links: false,
    unfurl_media: false,
  }
}

function blocksOf(message: Message, actions: Actions): readonly SlackBlock[] {
  const { heading, rows } = outlineOf(message, actions)
  if (heading === null) return leanest(rows[0].parts, single, (blocks) => jsonSize(blocks) <= limits.json)
  const { kept, left } = fitting(framesOf(rows), roomFor(rows), jsonSize)
  const rest = left === 0 ? [] : [more(left, rows[0].parts)]
  return [header(heading), ...kept.flat(), ...rest]
}

/** Whether a message of several alerts shows them all. */
export function isWholeInSlack(message: Message): boolean {
  const { rows } = outlineOf(message)
  return fitting(framesOf(rows), roomFor(rows), jsonSize).left === 0
}

function framesOf(rows: readonly OutlineRow[]): readonly (readonly SlackBlock[])[] {
  return rows.map((row) => {
    // Links for doing something would drown a list; the page of each question has them.
    const parts = rows.length > 1 ? { ...row.parts, actions: [] } : row.parts
    return leanest(
      parts,
      (lean) => frame({ ...row, parts: lean }),
      (blocks) => jsonSize(blocks) <= limits.json / 2,
    )
  })
}

/** What is left for alerts, two blocks each, beside the header and the line that counts what was left out. */
function roomFor(rows: Outline['rows']): Room {
  const rest = jsonSize([more(rows.length, rows[0].parts)])
  return { size: limits.json - reserved - rest, count: (limits.blocks - 2) / 2 }
}

function header(text: string): SlackBlock {
  const words = cutTo(plainText(text), characters(limits.header))
  return { type: 'header', text: { type: 'plain_text', text: words, emoji: false } }
}

function richText(elements: readonly RichTextElement[]): SlackBlock {
  return { type: 'rich_text', elements }
}

function titleOf({ symbol, title }: AlertParts): string {
  return `${symbol} ${title}`
}

/** One alert alone: its title is the header. */
function single(parts: AlertParts): readonly SlackBlock[] {
  const about = section([bold(parts.question), text(`\n${parts.when}`)])
  return [header(titleOf(parts)), richText([about, ...body(parts)])]
}

/** One alert of several. */
function frame({ topic, asked, parts }: OutlineRow): readonly SlackBlock[] {
  const opening: InlineElement[] = []
  if (topic !== null) opening.push(text(`${topic}\n`))
  opening.push(bold(titleOf(parts)), text(` · ${parts.when}`))
  if (!asked) opening.push(text('\n'), bold(parts.question))
  return [{ type: 'divider' }, richText([section(opening), ...body(parts)])]
}

function body(parts: AlertParts): readonly RichTextElement[] {
  const { why, slippage, details } = parts
  const elements: RichTextElement[] = []
  if (why !== null) elements.push(section([text(why)]))
  elements.push(...quotesOf(parts).map(quoted))
  if (slippage.length > 0) elements.push(section([text(`Promised: ${slippage.join(' → ')}`)]))
  if (details.length > 0) {
    const lines = details.map((line) => section([text(line)]))
    elements.push({ type: 'rich_text_list', style: 'bullet', elements: lines })
  }
  const links = linksOf(parts)
  if (links.length > 0) elements.push(section(links))
  return elements
}

function quoted({ text: words, outlet, url, notes }: QuoteParts): RichTextElement {
  const source = url === null ? text(outlet) : link(outlet, url)
  const rest = notes.map((note) => ` · ${note}`).join('')
  const elements = [text(`“${words}”\n`), source, ...(rest === '' ? [] : [text(rest)])]
  return { type: 'rich_text_quote', elements }
}

function linksOf({ link: page, linkLabel, actions }: AlertParts): readonly InlineElement[] {
  const links = actions.map(({ label, url }) => link(label, url))
  if (page !== null) links.unshift(link(linkLabel, page))
  return links.flatMap((one, nth) => (nth === 0 ? [one] : [text(' · '), one]))
}

function more(left: number, parts: AlertParts): SlackBlock {
  const words = `and ${left} more`
  const page = pageOfAll(parts)
  return richText([section([page === null ? text(words) : link(words, page)])])
}

function section(elements: readonly InlineElement[]): RichTextElement {
  return { type: 'rich_text_section', elements }
}

/** Slack refuses empty texts. Line breaks and spaces at the ends are ours. */
function text(words: string): TextElement {
  const [, before = '', inner = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(words) ?? []
  return { type: 'text', text: before + plainText(inner) + after || ' ' }
}

function bold(words: string): TextElement {
  return { ...text(words), style: { bold: true } }
}

function link(words: string, url: string): LinkElement {
  return { type: 'link', url, text: plainText(words) || url }
}

function jsonSize(blocks: readonly SlackBlock[]): number {
  return JSON.stringify(blocks).length
}
