import type { AppriseConfig } from '../../config/schema/channels/apprise.ts'
import { maskUrls } from '../../report/mask-url.ts'
import { clip } from '../../report/plain.ts'
import { noActions, type Actions } from '../alert-parts.ts'
import { characters, cutWords, fits, unlimited } from '../limit.ts'
import { markdownMarkup } from '../markup-markdown.ts'
import { matrixMarkup } from '../markup-matrix.ts'
import type { Markup } from '../markup.ts'
import { plainMarkup } from '../markup-plain.ts'
import { messageSubject } from '../message-subject.ts'
import type { Message } from '../message.ts'
import { renderBody } from '../render-markup.ts'
import { toneOf, type Tone } from '../tone.ts'
import { authorization } from './authorization.ts'
import type { Channel, SendOutcome } from './channel.ts'
import { mostWhole } from './fitting.ts'
import { answeredObject, httpPost, plainOutcome, type HttpAnswer } from './http-post.ts'

/** Which Apprise API, and whom it is to tell: those of a `key`, or `urls`. */
export type AppriseOptions = Pick<
  AppriseConfig,
  'url' | 'key' | 'tags' | 'urls' | 'format' | 'limit' | 'user' | 'password' | 'timeout'
>

/** A message as an Apprise API takes it. */
export interface AppriseMessage {
  readonly title: string
  readonly body: string
  readonly type: 'info' | 'success' | 'warning' | 'failure'
  readonly format: AppriseConfig['format']
  readonly tag?: string
  readonly urls?: readonly string[]
}

/** Few services take longer titles. */
const titleLimit = characters(200)

const markups: Readonly<Record<AppriseConfig['format'], Markup>> = {
  markdown: markdownMarkup,
  text: plainMarkup,
  // Paragraphs, quotes, lists and links, and nothing that a service would have to know more for.
  html: matrixMarkup,
}

/** Posts alerts to an Apprise API, which hands them to whatever services it is configured for. */
export function appriseChannel(id: string, options: AppriseOptions): Channel {
  const root = options.url.replace(/\/+$/, '')
  const url = options.key === undefined ? `${root}/notify/` : `${root}/notify/${options.key}`
  const headers = { accept: 'application/json', ...authorization(options) }
  return {
    id,
    room: (alerts) => mostWhole(alerts, 100, (message) => isWholeInApprise(message, options)),
    send: (message, send) => {
      const body = JSON.stringify(appriseMessage(message, options, send.actions))
      return httpPost({ url, headers, body, timeout: options.timeout }, send, appriseOutcome)
    },
  }
}

/** A message with its title; Apprise turns its format into what each service takes. */
export function appriseMessage(
  message: Message,
  { tags, urls, format, limit }: Pick<AppriseOptions, 'tags' | 'urls' | 'format' | 'limit'>,
  actions: Actions,
): AppriseMessage {
  const title = titleOf(message, format)
  return {
    title: markups[format].words(title),
    body: renderBody(message, title, markups[format], characters(limit), actions),
    type: typeOf(message),
    format,
    ...(tags === undefined ? {} : { tag: tags }),
    ...(urls === undefined ? {} : { urls }),
  }
}

/** The words of the title, so few that they fit with what their markup takes. */
function titleOf(message: Message, format: AppriseConfig['format']): string {
  const subject = messageSubject(message, titleLimit)
  return cutWords(subject, (words) => fits(markups[format].words(words), titleLimit)) ?? '…'
}

function isWholeInApprise(message: Message, { format, limit }: AppriseOptions): boolean {
  const title = titleOf(message, format)
  return fits(renderBody(message, title, markups[format], unlimited, noActions), characters(limit))
}

/** The colour and icon that services show: that of all alerts of the message, or of none in particular. */
function typeOf({ alerts }: Message): AppriseMessage['type'] {
  const [only, ...others] = new Set(alerts.map((alert) => types[toneOf(alert)]))
  return only === undefined || others.length > 0 ? 'info' : only
}

const types: Readonly<Record<Tone, AppriseMessage['type']>> = {
  open: 'info',
  rumoured: 'info',
  announced: 'info',
  delayed: 'warning',
  happened: 'success',
  cancelled: 'failure',
  warning: 'warning',
  good: 'success',
  plain: 'info',
}

/** 424: a service that Apprise handed it to did not take it. 204: there was nobody to hand it to. */
function appriseOutcome(answer: HttpAnswer, now: Date): SendOutcome {
  if (answer.status === 204) {
    const reason = 'answered 204: Apprise has nobody to tell; check the key and what it keeps, or the urls'
    return { kind: 'refused', reason, concerns: 'channel' }
  }
  const body = answeredObject(answer.body)
  const said = [body?.['error'], complaintIn(body?.['details'])].filter((one) => typeof one === 'string')
  const reason = `answered ${answer.status}: ${clip(maskUrls(said.join('; ')), 300)}`
  if (answer.status === 424)
    return { kind: 'retry', reason: said.length > 0 ? reason : plainReason(answer), retryAfterMs: null }
  const outcome = plainOutcome(answer, now)
  return outcome.kind === 'sent' || said.length === 0 ? outcome : { ...outcome, reason }
}

function plainReason({ status }: HttpAnswer): string {
  return `answered ${status}: a service that Apprise tells did not take it`
}

/** The log of Apprise comes as rows of level, time and text; the last one that complains says most. */
function complaintIn(details: unknown): string | null {
  if (!Array.isArray(details)) return null
  const complaints = details.flatMap((row: unknown) =>
    Array.isArray(row) && /^(?:ERROR|WARNING|CRITICAL)$/.test(String(row[0])) ? [String(row[2])] : [],
  )
  return complaints.at(-1) ?? null
}
