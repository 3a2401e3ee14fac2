import type { SlackConfig } from '../../config/schema/channels/slack.ts'
import { clip } from '../../report/plain.ts'
import type { Channel, SendOptions, SendOutcome } from './channel.ts'
import { mostWhole } from './fitting.ts'
import { answeredObject, httpPost, plainOutcome, type HttpAnswer } from './http-post.ts'
import { isWholeInSlack, slackMessage, type SlackMessage } from './slack-message.ts'

/** How to reach Slack: by `url`, or by `token` and `channel`. */
export type SlackOptions = Pick<SlackConfig, 'url' | 'token' | 'channel' | 'baseUrl' | 'timeout'>

/** Posts alerts to Slack, by an incoming webhook or as a bot. */
export function slackChannel(id: string, options: SlackOptions): Channel {
  const post = options.url === undefined ? asBot(options) : byWebhook(options.url, options.timeout)
  return {
    id,
    room: (alerts) => mostWhole(alerts, 24, isWholeInSlack),
    send: (message, send) => post(slackMessage(message, send.actions), send),
  }
}

type Post = (message: SlackMessage, send: SendOptions) => Promise<SendOutcome>

function byWebhook(url: string, timeout: number): Post {
  return (message, send) => httpPost({ url, body: JSON.stringify(message), timeout }, send)
}

function asBot({ token = '', channel = '', baseUrl, timeout }: SlackOptions): Post {
  const url = `${baseUrl.replace(/\/+$/, '')}/chat.postMessage`
  const headers = { authorization: `Bearer ${token}` }
  return (message, send) => {
    // The key is kept with the message, for whoever looks for repeats.
    const metadata = { event_type: 'openwatch_alert', event_payload: { key: send.idempotencyKey } }
    const body = JSON.stringify({ channel, ...message, metadata })
    return httpPost({ url, headers, body, timeout }, send, botOutcome)
  }
}

/** Errors that a later try may change, and those about the message; all others are about the token or the channel. */
const passing = new Set([
  ...['ratelimited', 'rate_limited', 'message_limit_exceeded'],
  ...['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout', 'team_added_to_org'],
])
const ofTheMessage = new Set([
  ...['msg_too_long', 'msg_blocks_too_long', 'no_text', 'invalid_blocks', 'invalid_blocks_format'],
  ...['invalid_arguments', 'invalid_json', 'json_not_object', 'markdown_text_conflict'],
  ...['invalid_metadata_format', 'invalid_metadata_schema', 'metadata_too_large'],
])

/** The Web API answers 200 also when it refuses; the body says what happened. */
function botOutcome(answer: HttpAnswer, now: Date): SendOutcome {
  const body = answeredObject(answer.body)
  if (answer.status !== 200) return plainOutcome(answer, now)
  if (body === null)
    return { kind: 'retry', reason: 'answered 200, but not as Slack does', retryAfterMs: null }
  if (body['ok'] === true) return { kind: 'sent', detail: 'answered ok' }
  const error = typeof body['error'] === 'string' ? clip(body['error'], 100) : 'no reason'
  const reason = `answered ${error}`
  if (passing.has(error)) return { kind: 'retry', reason, retryAfterMs: null }
  return { kind: 'refused', reason, concerns: ofTheMessage.has(error) ? 'message' : 'channel' }
}
