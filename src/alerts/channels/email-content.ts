import type { SendMailOptions } from 'nodemailer'
import type { EmailConfig } from '../../config/schema/channels/email.ts'
import { renderMessageHtml } from '../html-mail.tsx'
import { bytes, characters, fits } from '../limit.ts'
import { plainMarkup } from '../markup-plain.ts'
import { messageSubject } from '../message-subject.ts'
import type { Message } from '../message.ts'
import { renderMessage } from '../render-markup.ts'
import { renderMessageText } from '../render.ts'
import type { SendOptions } from './channel.ts'
import { mailDomain, mailIds } from './email-thread.ts'

/** What a mail is written for. */
export interface MailSurroundings {
  /** The name of the channel. */
  readonly channel: string
  readonly options: Pick<EmailConfig, 'from' | 'to' | 'unsubscribe'>
  readonly send: Pick<SendOptions, 'idempotencyKey' | 'now' | 'actions'>
}

/** RFC 5322 wants lines under 78 characters, and readers of mail break the rest. */
const columns = 72
const textLimit = characters(100_000)

/** Readers of mail cut off what is longer. */
const htmlLimit = bytes(100_000)
const subjectLimit = characters(160)

/**
 * A message as a mail: the same on every try but for its date, which is the time of the try. Late news under its own
 * date would sort below what has been read, and looks like spam; the text says when the news came.
 */
export function emailContent(
  message: Message,
  { channel, options, send }: MailSurroundings,
): SendMailOptions {
  const { from, to } = options
  const unsubscribe = options.unsubscribe ?? `mailto:${encodeURI(from.address)}?subject=unsubscribe`
  const { messageId, thread } = mailIds(message, send.idempotencyKey, channel, from.address)
  return {
    from,
    to: [...to],
    subject: messageSubject(message, subjectLimit),
    date: send.now,
    messageId,
    ...(thread === null ? {} : { inReplyTo: thread, references: thread }),
    headers: {
      // No holiday notes in return (RFC 3834; the second is what Exchange looks at).
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'List-Id': `openwatch <openwatch.${mailDomain(from.address)}>`,
      'List-Unsubscribe': `<${unsubscribe}>`,
    },
    text: textOf(message, send),
    html: renderMessageHtml(message, { actions: send.actions, unsubscribe, limit: htmlLimit.size }),
  }
}

/** Whether a mail of several alerts shows them all, with links for doing something as long as they get. */
export function isWholeInMail(message: Message): boolean {
  const link = { label: 'Snooze until it moves', url: `https://${'x'.repeat(60)}.example/${'x'.repeat(240)}` }
  const html = renderMessageHtml(message, { actions: () => [link, link, link], limit: Infinity })
  return fits(html, htmlLimit)
}

function textOf(message: Message, { actions }: Pick<SendOptions, 'actions'>): string {
  // Nobody reads so many, and wrapping them would keep everything else waiting.
  const many = message.alerts.length > 100
  const text = many ? null : renderMessageText(message, columns, undefined, actions)
  return text !== null && fits(text, textLimit)
    ? text
    : renderMessage(message, plainMarkup, textLimit, actions)
}
