import type { NtfyConfig } from '../../config/schema/channels/ntfy.ts'
import { clip } from '../../report/plain.ts'
import { authorization } from './authorization.ts'
import type { Channel, SendOutcome } from './channel.ts'
import { mostWhole } from './fitting.ts'
import { answeredObject, httpPost, plainOutcome, type HttpAnswer } from './http-post.ts'
import { isWholeInNtfy, ntfyMessage } from './ntfy-message.ts'

/** Which topic of which server, and who posts. */
export type NtfyOptions = Pick<
  NtfyConfig,
  'url' | 'topic' | 'token' | 'user' | 'password' | 'updates' | 'markdown' | 'timeout'
>

/** Posts alerts to a topic of ntfy. */
export function ntfyChannel(id: string, options: NtfyOptions): Channel {
  // As JSON a message goes to the root of the server: the topic stands in it.
  const url = `${options.url.replace(/\/+$/, '')}/`
  const headers = authorization(options)
  return {
    id,
    room: (alerts) => mostWhole(alerts, 20, (message) => isWholeInNtfy(message, options)),
    send: (message, send) => {
      const body = JSON.stringify(ntfyMessage(message, options, send))
      return httpPost({ url, headers, body, timeout: options.timeout }, send, ntfyOutcome)
    },
  }
}

/** Bad requests that are about the topic: the next message would fare no better. */
const ofTheTopic = new Set([40009, 40010])

/** The body says what was wrong by a number of its own; a message that was taken comes back with its id. */
function ntfyOutcome(answer: HttpAnswer, now: Date): SendOutcome {
  const body = answeredObject(answer.body)
  if (answer.status === 200) {
    if (typeof body?.['id'] === 'string' && body['event'] === 'message')
      return { kind: 'sent', detail: `answered 200, message ${clip(body['id'], 40)}` }
    return { kind: 'retry', reason: 'answered 200, but not as ntfy does', retryAfterMs: null }
  }
  const outcome = plainOutcome(answer, now)
  if (outcome.kind === 'sent' || typeof body?.['error'] !== 'string') return outcome
  const reason = `answered ${answer.status}: ${clip(body['error'], 200)}`
  if (outcome.kind === 'refused' && ofTheTopic.has(Number(body['code'])))
    return { ...outcome, reason, concerns: 'channel' }
  return { ...outcome, reason }
}
