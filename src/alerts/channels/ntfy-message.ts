import { createHash } from 'node:crypto'
import type { NtfyConfig } from '../../config/schema/channels/ntfy.ts'
import { isItemAlert, type Alert } from '../alert.ts'
import { noActions, pageOfAll, type Actions, type AlertParts } from '../alert-parts.ts'
import { bytes, characters, cutTo, fits, lengthIn } from '../limit.ts'
import { markdownMarkup } from '../markup-markdown.ts'
import { plainMarkup, plainText } from '../markup-plain.ts'
import { outlineOf } from '../message-outline.ts'
import { messageSubject } from '../message-subject.ts'
import { messageOf, type Message } from '../message.ts'
import { renderBody } from '../render-markup.ts'
import type { Tone } from '../tone.ts'
import { urgencyOf } from '../urgency.ts'
import type { ActionLink, SendOptions } from './channel.ts'

/** A button under a notification. */
interface NtfyAction {
  readonly action: 'view'
  readonly label: string
  readonly url: string
}

/** A message as ntfy takes it at the root of a server. */
export interface NtfyMessage {
  readonly topic: string
  readonly title: string
  readonly message: string
  /** 1 to 5; 3 is usual. */
  readonly priority: 2 | 3 | 4
  readonly tags: readonly string[]
  readonly click?: string
  readonly actions?: readonly NtfyAction[]
  readonly markdown?: true
  readonly sequence_id?: string
}

/**
 * The limits of an ntfy server as it comes, in bytes. A message that fills its 4096 becomes a file; the JSON around it
 * may be twice as long.
 */
const limits = { message: 4095, title: 200, json: 8191, actions: 3, label: 60 } as const

/** What may be left for the text where links or signs that JSON must escape take a lot. */
const textLimits = [limits.message, 3000, 2000, 1000, 200]

type MessageOptions = Pick<NtfyConfig, 'topic' | 'updates' | 'markdown'>

/** A message for a topic: the title says what moved, the text beneath it the rest. */
export function ntfyMessage(
  message: Message,
  options: MessageOptions,
  { idempotencyKey, actions }: Pick<SendOptions, 'idempotencyKey' | 'actions'>,
): NtfyMessage {
  const title = titleOf(message)
  const { heading, rows } = outlineOf(message, actions)
  const [{ parts }] = rows
  const shown = heading === null ? linksOf(parts) : []
  const buttons = shown.slice(0, limits.actions).map(button)
  const rest = () => shown.slice(limits.actions)
  const click = heading === null ? (parts.link ?? parts.quote?.url ?? null) : pageOfAll(parts)
  const frame = {
    topic: options.topic,
    title,
    priority: priorities[urgencyOf(message)],
    tags: tagsOf(rows.map((row) => row.parts)),
    ...(options.markdown ? { markdown: true as const } : {}),
    ...(options.updates ? { sequence_id: sequenceOf(message, idempotencyKey) } : {}),
  }
  const links = linkChoices(click, buttons)
  for (const linked of links) {
    for (const size of textLimits) {
      const made = {
        ...frame,
        message: textOf(message, title, { ...options, size, actions: rest }),
        ...linked,
      }
      if (lengthIn(JSON.stringify(made), 'bytes') <= limits.json) return made
      // Rather less text than no links, but not next to none.
      if (size === 1000 && linked !== links.at(-1)) break
    }
  }
  return { ...frame, message: '…' }
}

/** Where taps lead, from all to none. */
function linkChoices(
  click: string | null,
  buttons: readonly NtfyAction[],
): readonly Pick<NtfyMessage, 'click' | 'actions'>[] {
  const tap = click === null ? {} : { click }
  return [buttons.length === 0 ? tap : { ...tap, actions: buttons }, tap, {}]
}

/** Whether a message of several alerts shows them all. */
export function isWholeInNtfy(message: Message, options: MessageOptions): boolean {
  const text = textOf(message, titleOf(message), { ...options, size: Infinity, actions: noActions })
  // Beside it in the JSON: title, tags, click and the topic.
  return fits(text, bytes(limits.message)) && lengthIn(JSON.stringify(text), 'bytes') <= limits.json - 3000
}

function titleOf(message: Message): string {
  return messageSubject(message, bytes(limits.title))
}

interface TextOptions {
  readonly markdown: boolean
  /** In bytes. */
  readonly size: number
  readonly actions: Actions
}

function textOf(message: Message, title: string, { markdown, size, actions }: TextOptions): string {
  // A single page is where a tap leads.
  const { alerts, digest } = message
  const lean: Message =
    alerts.length === 1 && digest === null ? messageOf({ ...alerts[0], reportUrl: null }) : message
  return renderBody(lean, title, markdown ? markdownMarkup : plainMarkup, bytes(size), actions)
}

/** The source first, so that the alert can be checked; then what can be done about it. */
function linksOf({ quote, link, actions }: AlertParts): readonly ActionLink[] {
  const source = link === null || quote?.url == null ? [] : [{ label: quote.outlet, url: quote.url }]
  return [...source, ...actions]
}

function button({ label, url }: ActionLink): NtfyAction {
  return { action: 'view', label: cutTo(plainText(label), characters(limits.label)), url }
}

const priorities = { low: 2, normal: 3, high: 4 } as const

/** Tags that ntfy shows as an emoji in front of the title. */
const emoji: Readonly<Record<Tone, string>> = {
  open: 'white_circle',
  rumoured: 'speech_balloon',
  announced: 'loudspeaker',
  delayed: 'hourglass_flowing_sand',
  happened: 'white_check_mark',
  cancelled: 'no_entry_sign',
  warning: 'warning',
  good: 'heavy_check_mark',
  plain: 'bell',
}

/** One emoji where all alerts feel the same, and the topics, by which people filter. */
function tagsOf(parts: readonly AlertParts[]): readonly string[] {
  const tones = [...new Set(parts.map(({ tone }) => tone))]
  const [only] = tones
  const topics = new Set(parts.flatMap(({ topic }) => topic ?? []))
  const named = [...topics].filter((topic) => /^[\w-]{1,64}$/.test(topic)).slice(0, 3)
  return [...(only !== undefined && tones.length === 1 ? [emoji[only]] : []), ...named]
}

/**
 * What ntfy knows a notification by: a later one takes its place. News of one question follow one another, and so do
 * its feeds going and coming back; everything else is only replaced by its own repetition.
 */
function sequenceOf({ alerts, digest }: Message, idempotencyKey: string): string {
  const threads = [...new Set(alerts.map(threadOf))]
  const [only] = threads
  if (digest !== null || only === undefined || only === null || threads.length > 1) return idempotencyKey
  return createHash('sha256').update(only).digest('base64url')
}

function threadOf(alert: Alert): string | null {
  if (!isItemAlert(alert)) return null
  const about = alert.kind === 'feed-blind' || alert.kind === 'feed-restored' ? 'sight' : 'news'
  return `${about} ${alert.item.id}`
}
