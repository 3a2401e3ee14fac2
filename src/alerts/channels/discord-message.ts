import { pageOfAll, quotesOf, type Actions, type AlertParts, type QuoteParts } from '../alert-parts.ts'
import { cutWords } from '../limit.ts'
import { discordMarkup as markup } from '../markup-discord.ts'
import { outlineOf, type Outline, type OutlineRow } from '../message-outline.ts'
import type { Message } from '../message.ts'
import { toneColours, type Tone } from '../tone.ts'
import { fitting, leanest, type Room } from './fitting.ts'

/** The limits of Discord; `total` is for the texts of all embeds together. */
const limits = {
  content: 2000,
  title: 256,
  description: 4096,
  footer: 2048,
  embeds: 10,
  total: 6000,
} as const

/**
 * An embed, as far as we use it. Its `url` is left alone: Discord refuses the whole message where the name of the host
 * has no dot, as on a home network.
 */
interface DiscordEmbed {
  readonly title?: string
  readonly description: string
  /** 0xrrggbb */
  readonly color?: number
  /** ISO 8601; shown in the time of the reader. */
  readonly timestamp?: string
  readonly footer?: { readonly text: string }
}

/** A message as a webhook of Discord takes it. */
export interface DiscordMessage {
  readonly content?: string
  readonly embeds: readonly DiscordEmbed[]
  readonly allowed_mentions: { readonly parse: readonly [] }
}

/**
 * A message in embeds, one an alert. Nobody is pinged, whatever the texts say. Where it would grow over the limits,
 * whole alerts are left out from the end and counted.
 */
export function discordMessage(message: Message, actions: Actions): DiscordMessage {
  const { heading, rows } = outlineOf(message, actions)
  const quiet = { allowed_mentions: { parse: [] } } as const
  if (heading === null) return { embeds: [embedOf(rows[0], limits.total)], ...quiet }
  const { kept, left } = fitting(embedsOf(rows), roomFor(rows), sizeOf)
  const rest = left === 0 ? [] : [more(left, rows[0].parts)]
  return { content: within(heading, limits.content, markup.strong), embeds: [...kept, ...rest], ...quiet }
}

/** Whether a message of several alerts shows them all. */
export function isWholeInDiscord(message: Message): boolean {
  const { rows } = outlineOf(message)
  return fitting(embedsOf(rows), roomFor(rows), sizeOf).left === 0
}

function embedsOf(rows: Outline['rows']): readonly DiscordEmbed[] {
  // Links for doing something would drown a list; the page of each question has them.
  const lean =
    rows.length === 1 ? rows : rows.map((row) => ({ ...row, parts: { ...row.parts, actions: [] } }))
  return lean.map((row) => embedOf(row, limits.total / 2))
}

/** What is left for alerts beside the embed that counts what was left out. */
function roomFor(rows: Outline['rows']): Room {
  return { size: limits.total - sizeOf(more(rows.length, rows[0].parts)), count: limits.embeds - 1 }
}

function embedOf({ topic, parts }: OutlineRow, most: number): DiscordEmbed {
  const { symbol, title, tone, at } = parts
  const around = {
    title: within(`${symbol} ${title}`, limits.title, markup.words),
    color: colourOf(tone),
    timestamp: at.toISOString(),
    ...(topic === null ? {} : { footer: { text: within(topic, limits.footer, (words) => words) } }),
  }
  return leanest(
    parts,
    (lean) => ({ ...around, description: description(lean) }),
    (embed) => embed.description.length <= limits.description && sizeOf(embed) <= most,
  )
}

function description(parts: AlertParts): string {
  const { question, why, slippage, details, link, linkLabel, actions } = parts
  const paragraphs = [markup.strong(question)]
  if (why !== null) paragraphs.push(markup.words(why))
  paragraphs.push(...quotesOf(parts).map(quoted))
  if (slippage.length > 0) paragraphs.push(markup.words(`Promised: ${slippage.join(' → ')}`))
  if (details.length > 0) paragraphs.push(markup.list(details.map(markup.words)))
  const links = actions.map(({ label, url }) => markup.link(label, url))
  if (link !== null) links.unshift(markup.link(linkLabel, link))
  if (links.length > 0) paragraphs.push(links.join(' · '))
  return paragraphs.join(markup.gap)
}

function quoted({ text, outlet, url, notes }: QuoteParts): string {
  const source = url === null ? markup.words(outlet) : markup.link(outlet, url)
  return markup.quote([markup.words(`“${text}”`), [source, ...notes.map(markup.words)].join(' · ')])
}

function more(left: number, parts: AlertParts): DiscordEmbed {
  const words = `and ${left} more`
  const page = pageOfAll(parts)
  return { description: page === null ? markup.words(words) : markup.link(words, page) }
}

function within(text: string, limit: number, write: (words: string) => string): string {
  return write(cutWords(text, (cut) => write(cut).length <= limit) ?? '…')
}

function colourOf(tone: Tone): number {
  return Number.parseInt(toneColours[tone].ink.slice(1), 16)
}

function sizeOf({ title = '', description: text, footer }: DiscordEmbed): number {
  return title.length + text.length + (footer?.text.length ?? 0)
}
