import type { MatrixConfig } from '../../config/schema/channels/matrix.ts'
import { clip } from '../../report/plain.ts'
import { noActions, type Actions } from '../alert-parts.ts'
import { bytes, fits, type Limit } from '../limit.ts'
import { matrixMarkup } from '../markup-matrix.ts'
import { plainMarkup } from '../markup-plain.ts'
import type { Message } from '../message.ts'
import { renderMessage } from '../render-markup.ts'
import { authorization } from './authorization.ts'
import type { Channel, SendOutcome } from './channel.ts'
import { mostWhole } from './fitting.ts'
import { answeredObject, askedToWait, httpPost, plainOutcome, type HttpAnswer } from './http-post.ts'

/** Which account posts to which room. */
export type MatrixOptions = Pick<MatrixConfig, 'url' | 'token' | 'room' | 'notice' | 'timeout'>

/** The content of an `m.room.message` event. */
export interface MatrixContent {
  readonly msgtype: 'm.text' | 'm.notice'
  readonly body: string
  readonly format: 'org.matrix.custom.html'
  readonly formatted_body: string
  /** Said to be nobody: else clients look for names in the text. */
  readonly 'm.mentions': Readonly<Record<string, never>>
}

/**
 * A whole event may have 65,536 bytes, with what the server adds. JSON may double a text (backslashes, quotation
 * marks), so that these two are at most 54,000.
 */
const limits = { body: bytes(7000), html: bytes(20_000) } as const

/** Posts alerts to a room of Matrix. The key of a message is its transaction: sent again, it is not shown again. */
export function matrixChannel(id: string, { url, token, room, notice, timeout }: MatrixOptions): Channel {
  const events = `${url.replace(/\/+$/, '')}/_matrix/client/v3/rooms/${encodeURIComponent(room)}/send/m.room.message`
  const headers = authorization({ token })
  return {
    id,
    room: (alerts) => mostWhole(alerts, 40, isWholeInMatrix),
    send: (message, send) => {
      const address = `${events}/${encodeURIComponent(send.idempotencyKey)}`
      const body = JSON.stringify(matrixContent(message, notice, send.actions))
      return httpPost({ method: 'PUT', url: address, headers, body, timeout }, send, matrixOutcome)
    },
  }
}

/** A message as text and as HTML, in which nobody is mentioned. */
export function matrixContent(message: Message, notice: boolean, actions: Actions): MatrixContent {
  return {
    msgtype: notice ? 'm.notice' : 'm.text',
    body: renderMessage(message, plainMarkup, limits.body, actions),
    format: 'org.matrix.custom.html',
    formatted_body: renderMessage(message, matrixMarkup, limits.html, actions),
    'm.mentions': {},
  }
}

function isWholeInMatrix(message: Message): boolean {
  const isWhole = (markup: typeof plainMarkup, limit: Limit) =>
    fits(renderMessage(message, markup, bytes(Infinity), noActions), limit)
  return isWhole(plainMarkup, limits.body) && isWhole(matrixMarkup, limits.html)
}

/** Errors of a homeserver that are about the event; all others that it refuses with are about account or room. */
const ofTheEvent = new Set(['M_TOO_LARGE', 'M_BAD_JSON', 'M_NOT_JSON'])

/** The body names the error; how long to wait it says in milliseconds, in older servers only there. */
function matrixOutcome(answer: HttpAnswer, now: Date): SendOutcome {
  const body = answeredObject(answer.body)
  if (answer.status === 200) {
    if (typeof body?.['event_id'] === 'string')
      return { kind: 'sent', detail: `answered 200, event ${clip(body['event_id'], 80)}` }
    return { kind: 'retry', reason: 'answered 200, but not as Matrix does', retryAfterMs: null }
  }
  const wait = body?.['retry_after_ms']
  const asked =
    answer.retryAfter === null && typeof wait === 'number' ? askedToWait(answer, wait / 1000) : answer
  const outcome = plainOutcome(asked, now)
  const code = body?.['errcode']
  if (outcome.kind === 'sent' || typeof code !== 'string') return outcome
  const said = typeof body?.['error'] === 'string' ? `: ${clip(body['error'], 200)}` : ''
  const reason = `answered ${answer.status} ${clip(code, 60)}${said}`
  if (outcome.kind === 'retry') return { ...outcome, reason }
  return { kind: 'refused', reason, concerns: ofTheEvent.has(code) ? 'message' : 'channel' }
}
