import { pageOfAll, quotesOf, type Actions, type AlertParts, type QuoteParts } from '../alert-parts.ts'
import { lengthIn } from '../limit.ts'
import { plainText } from '../markup-plain.ts'
import { outlineOf, type Outline, type OutlineRow } from '../message-outline.ts'
import { messageSubject } from '../message-subject.ts'
import type { Message } from '../message.ts'
import type { Tone } from '../tone.ts'
import { fitting, leanest, type Room } from './fitting.ts'

/**
 * Teams documents 28 KB for a message and counts more than the JSON that it got; refusals were seen from 21 KB on.
 * It shows at most 6 buttons.
 */
const limits = { bytes: 20_000, buttons: 6, fallback: 500 } as const

type Colour = 'default' | 'accent' | 'good' | 'warning' | 'attention'

interface OpenUrl {
  readonly type: 'Action.OpenUrl'
  readonly title: string
  readonly url: string
}

interface TextRun {
  readonly type: 'TextRun'
  readonly text: string
  readonly size?: 'large'
  readonly weight?: 'bolder'
  readonly color?: Colour
  readonly isSubtle?: true
  readonly selectAction?: OpenUrl
}

interface RichTextBlock {
  readonly type: 'RichTextBlock'
  readonly inlines: readonly TextRun[]
}

interface Container {
  readonly type: 'Container'
  readonly style?: 'emphasis'
  readonly separator?: true
  readonly items: readonly CardElement[]
}

type CardElement = RichTextBlock | Container

interface AdaptiveCard {
  readonly $schema: string
  readonly type: 'AdaptiveCard'
  readonly version: '1.4'
  readonly msteams: { readonly width: 'Full' }
  readonly fallbackText: string
  readonly body: readonly CardElement[]
  readonly actions?: readonly OpenUrl[]
}

/** A message as the workflow "Post to a channel when a webhook request is received" takes it. */
export interface TeamsMessage {
  readonly type: 'message'
  readonly attachments: readonly [
    {
      readonly contentType: 'application/vnd.microsoft.card.adaptive'
      readonly contentUrl: null
      readonly content: AdaptiveCard
    },
  ]
}

/**
 * A message as an Adaptive Card. All words stand in text runs, which know no Markdown. Where it would grow over the
 * limit, whole alerts are left out from the end and counted.
 */
export function teamsMessage(message: Message, actions: Actions): TeamsMessage {
  const { heading, rows } = outlineOf(message, actions)
  const [first] = rows
  const card = heading === null ? single(first.parts) : several(heading, rows)
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    msteams: { width: 'Full' },
    fallbackText: plainText(messageSubject(message, { size: limits.fallback, unit: 'characters' })),
    ...card,
  } as const
  return {
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content }],
  }
}

type CardParts = Pick<AdaptiveCard, 'body' | 'actions'>

/** The frame around alerts: heading, fallback text, what every card has. */
const reserved = 3000

function single(parts: AlertParts): CardParts {
  return leanest(parts, cardOf, (card) => bytesOf(card) <= limits.bytes - reserved)
}

function cardOf(parts: AlertParts): CardParts {
  const { link, linkLabel, actions } = parts
  const buttons = actions.slice(0, limits.buttons - 1).map(({ label, url }) => openUrl(label, url))
  if (link !== null) buttons.unshift(openUrl(linkLabel, link))
  const body = [
    block(run(titleOf(parts), { size: 'large', weight: 'bolder', color: colourOf(parts.tone) })),
    block(run(parts.question, { weight: 'bolder' })),
    block(run(parts.when, { isSubtle: true })),
    ...proof(parts),
  ]
  return buttons.length === 0 ? { body } : { body, actions: buttons }
}

function several(heading: string, rows: readonly [OutlineRow, ...OutlineRow[]]): CardParts {
  const { kept, left } = fitting(framesOf(rows), roomFor(rows), bytesOf)
  const rest = left === 0 ? [] : [more(left, rows[0].parts)]
  return { body: [block(run(heading, { size: 'large', weight: 'bolder' })), ...kept, ...rest] }
}

/** Whether a message of several alerts shows them all. */
export function isWholeInTeams(message: Message): boolean {
  const { rows } = outlineOf(message)
  return fitting(framesOf(rows), roomFor(rows), bytesOf).left === 0
}

/** What is left for alerts beside the frame and the line that counts what was left out. */
function roomFor(rows: Outline['rows']): Room {
  return { size: limits.bytes - reserved - bytesOf(more(rows.length, rows[0].parts)), count: Infinity }
}

function more(left: number, parts: AlertParts): RichTextBlock {
  return block(linked(`and ${left} more`, pageOfAll(parts)))
}

function framesOf(rows: readonly OutlineRow[]): readonly Container[] {
  const fits = (made: Container) => bytesOf(made) <= limits.bytes / 2
  return rows.map((row) => leanest(row.parts, (parts) => frame({ ...row, parts }), fits))
}

/** One alert of several. Links for doing something would drown a list; the page of each question has them. */
function frame({ topic, asked, parts }: OutlineRow): Container {
  const items: CardElement[] = []
  if (topic !== null) items.push(block(run(topic, { isSubtle: true })))
  const title = run(titleOf(parts), { weight: 'bolder', color: colourOf(parts.tone) })
  items.push(block(title, run(` · ${parts.when}`, { isSubtle: true })))
  if (!asked) items.push(block(run(parts.question, { weight: 'bolder' })))
  items.push(...proof(parts))
  if (parts.link !== null) items.push(block(linked(parts.linkLabel, parts.link)))
  return { type: 'Container', separator: true, items }
}

function proof(parts: AlertParts): readonly CardElement[] {
  const { why, slippage, details } = parts
  const elements: CardElement[] = []
  if (why !== null) elements.push(block(run(why)))
  elements.push(...quotesOf(parts).map(quoted))
  if (slippage.length > 0) elements.push(block(run(`Promised: ${slippage.join(' → ')}`, { isSubtle: true })))
  return [...elements, ...details.map((line) => block(run(`• ${line}`)))]
}

function quoted({ text, outlet, url, notes }: QuoteParts): Container {
  const rest = notes.map((note) => run(` · ${note}`, { isSubtle: true }))
  const items = [block(run(`“${text}”`)), block(linked(outlet, url), ...rest)]
  return { type: 'Container', style: 'emphasis', items }
}

function titleOf({ symbol, title }: AlertParts): string {
  return `${symbol} ${title}`
}

function block(...inlines: readonly TextRun[]): RichTextBlock {
  return { type: 'RichTextBlock', inlines }
}

function run(words: string, look: Omit<TextRun, 'type' | 'text'> = {}): TextRun {
  // A space that begins a run is ours; `plainText` would take it away.
  const space = words.startsWith(' ') ? ' ' : ''
  return { type: 'TextRun', text: space + plainText(words) || ' ', ...look }
}

function linked(words: string, url: string | null): TextRun {
  return url === null ? run(words) : run(words, { color: 'accent', selectAction: openUrl(words, url) })
}

function openUrl(title: string, url: string): OpenUrl {
  return { type: 'Action.OpenUrl', title: plainText(title) || url, url }
}

function colourOf(tone: Tone): Colour {
  switch (tone) {
    case 'happened':
    case 'good':
      return 'good'
    case 'delayed':
    case 'warning':
      return 'warning'
    case 'cancelled':
      return 'attention'
    case 'announced':
    case 'rumoured':
      return 'accent'
    case 'open':
    case 'plain':
      return 'default'
  }
}

function bytesOf(value: unknown): number {
  return lengthIn(JSON.stringify(value), 'bytes')
}
