import type { GotifyConfig } from '../../config/schema/channels/gotify.ts'
import { clip } from '../../report/plain.ts'
import { noActions, pageOfAll, type Actions } from '../alert-parts.ts'
import { bytes, characters, fits, type Limit } from '../limit.ts'
import { markdownMarkup } from '../markup-markdown.ts'
import { outlineOf } from '../message-outline.ts'
import { messageSubject } from '../message-subject.ts'
import type { Message } from '../message.ts'
import { renderBody } from '../render-markup.ts'
import { urgencyOf } from '../urgency.ts'
import type { Channel, SendOptions, SendOutcome } from './channel.ts'
import { mostWhole } from './fitting.ts'
import { answeredObject, httpPost, plainOutcome, type HttpAnswer } from './http-post.ts'

/** Which application of which server. */
export type GotifyOptions = Pick<GotifyConfig, 'url' | 'token' | 'timeout'>

/** A message as Gotify takes it. */
export interface GotifyMessage {
  readonly title: string
  readonly message: string
  /** 0 to 10: from 4 on a client makes a sound, from 8 on it vibrates. */
  readonly priority: number
  readonly extras: {
    readonly 'client::display': { readonly contentType: 'text/markdown' }
    readonly 'client::notification'?: { readonly click: { readonly url: string } }
    readonly 'openwatch::message': { readonly key: string }
  }
}

/** Gotify names no limits; a database behind it (MySQL) keeps 65,535 bytes of text, a client shows far less. */
const textLimit = bytes(16_000)
const titleLimit = characters(250)

/** Posts alerts to an application of a Gotify server. */
export function gotifyChannel(id: string, { url, token, timeout }: GotifyOptions): Channel {
  const address = `${url.replace(/\/+$/, '')}/message`
  const headers = { 'x-gotify-key': token }
  return {
    id,
    room: (alerts) => mostWhole(alerts, 40, isWholeInGotify),
    send: (message, send) => {
      const body = JSON.stringify(gotifyMessage(message, send))
      return httpPost({ url: address, headers, body, timeout }, send, gotifyOutcome)
    },
  }
}

/** A message in Markdown, of which clients load no images: nothing of what others wrote becomes markup. */
export function gotifyMessage(
  message: Message,
  { idempotencyKey, actions }: Pick<SendOptions, 'idempotencyKey' | 'actions'>,
): GotifyMessage {
  const { heading, rows } = outlineOf(message)
  const [{ parts }] = rows
  const url = heading === null ? (parts.link ?? parts.quote?.url ?? null) : pageOfAll(parts)
  return {
    title: messageSubject(message, titleLimit),
    message: textOf(message, textLimit, actions),
    priority: priorities[urgencyOf(message)],
    extras: {
      'client::display': { contentType: 'text/markdown' },
      ...(url === null ? {} : { 'client::notification': { click: { url } } }),
      'openwatch::message': { key: idempotencyKey },
    },
  }
}

const priorities = { low: 2, normal: 5, high: 8 } as const

function textOf(message: Message, limit: Limit, actions: Actions): string {
  return renderBody(message, messageSubject(message, titleLimit), markdownMarkup, limit, actions)
}

function isWholeInGotify(message: Message): boolean {
  return fits(textOf(message, bytes(Infinity), noActions), textLimit)
}

/** A message that was taken comes back with its number; an error with a description. */
function gotifyOutcome(answer: HttpAnswer, now: Date): SendOutcome {
  const body = answeredObject(answer.body)
  if (answer.status === 200) {
    if (typeof body?.['id'] === 'number')
      return { kind: 'sent', detail: `answered 200, message ${body['id']}` }
    return { kind: 'retry', reason: 'answered 200, but not as Gotify does', retryAfterMs: null }
  }
  const outcome = plainOutcome(answer, now)
  const said = body?.['errorDescription']
  if (outcome.kind === 'sent' || typeof said !== 'string') return outcome
  return { ...outcome, reason: `answered ${answer.status}: ${clip(said, 200)}` }
}
