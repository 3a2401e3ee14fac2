import type { TelegramConfig } from '../../config/schema/channels/telegram.ts'
import { clip } from '../../report/plain.ts'
import type { Actions } from '../alert-parts.ts'
import { characters, fits } from '../limit.ts'
import { telegramMarkup } from '../markup-telegram.ts'
import type { Message } from '../message.ts'
import { renderMessage } from '../render-markup.ts'
import type { Channel, SendOutcome } from './channel.ts'
import { mostWhole } from './fitting.ts'
import { answeredObject, askedToWait, httpPost, plainOutcome, type HttpAnswer } from './http-post.ts'

/** Which bot posts where. */
export type TelegramOptions = Pick<TelegramConfig, 'token' | 'chat' | 'topic' | 'baseUrl' | 'timeout'>

/** The arguments of sendMessage. */
export interface TelegramMessage {
  readonly chat_id: number | string
  readonly message_thread_id?: number
  readonly text: string
  readonly parse_mode: 'HTML'
  readonly link_preview_options: { readonly is_disabled: true }
}

/** Telegram counts the text without its tags; with them it is longer, so that this is on the safe side. */
const textLimit = characters(4096)

/** Posts alerts to a chat of Telegram, as a bot. */
export function telegramChannel(id: string, options: TelegramOptions): Channel {
  const url = `${options.baseUrl.replace(/\/+$/, '')}/bot${options.token}/sendMessage`
  return {
    id,
    room: (alerts) => mostWhole(alerts, 20, isWholeInTelegram),
    send: (message, send) => {
      const body = JSON.stringify(telegramMessage(message, options, send.actions))
      return httpPost({ url, body, timeout: options.timeout }, send, telegramOutcome)
    },
  }
}

/** A message as Telegram takes it, without previews of what it links to. */
export function telegramMessage(
  message: Message,
  { chat, topic }: Pick<TelegramOptions, 'chat' | 'topic'>,
  actions: Actions,
): TelegramMessage {
  return {
    chat_id: chat.startsWith('@') ? chat : Number(chat),
    ...(topic === undefined ? {} : { message_thread_id: topic }),
    text: renderMessage(message, telegramMarkup, textLimit, actions),
    parse_mode: 'HTML',
    link_preview_options: { is_disabled: true },
  }
}

function isWholeInTelegram(message: Message): boolean {
  return fits(renderMessage(message, telegramMarkup), textLimit)
}

/** Of what Telegram calls bad requests, these concern the text; all others are about the chat. */
const aboutTheText = /parse|too long|empty|entit/i

/** The body says more than the status: how long to wait, where a group has moved to. */
function telegramOutcome(answer: HttpAnswer, now: Date): SendOutcome {
  const body = answeredObject(answer.body)
  if (answer.status === 200 && body?.['ok'] === true) return { kind: 'sent', detail: 'answered ok' }
  if (answer.status === 200)
    return { kind: 'retry', reason: 'answered 200, but not as Telegram does', retryAfterMs: null }
  const asked = typeof body?.['parameters'] === 'object' ? (body['parameters'] as Asked | null) : null
  const outcome = plainOutcome(askedToWait(answer, asked?.retry_after), now)
  if (body === null || outcome.kind === 'sent') return outcome
  const reason = reasonOf(answer.status, body['description'], asked?.migrate_to_chat_id)
  if (outcome.kind === 'retry') return { ...outcome, reason }
  const ofTheText = answer.status === 413 || (answer.status === 400 && aboutTheText.test(reason))
  return { kind: 'refused', reason, concerns: ofTheText ? 'message' : 'channel' }
}

interface Asked {
  readonly retry_after?: unknown
  readonly migrate_to_chat_id?: unknown
}

function reasonOf(status: number, description: unknown, movedTo: unknown): string {
  const said = typeof description === 'string' ? `: ${clip(description, 200)}` : ''
  const moved = typeof movedTo === 'number' ? `; the chat is now ${movedTo}, configure that` : ''
  return `answered ${status}${said}${moved}`
}
