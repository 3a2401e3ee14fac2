import { createHash } from 'node:crypto'
import { domainToASCII } from 'node:url'
import { isItemAlert, type Alert } from '../alert.ts'
import type { Message } from '../message.ts'

/** The headers that say which mail this is and where it belongs. Each id has its angle brackets. */
export interface MailIds {
  /** The same for every try, so that a mailbox can drop what comes twice. */
  readonly messageId: string
  /** What mail of one thread has in common: an id that no mail has; null where the mail stands alone. */
  readonly thread: string | null
}

/**
 * The ids of a mail. All mail of one channel about one question is one thread, digests are one, and what is told of
 * another channel is one. A mail about several questions stands alone: in any thread it would be lost for the others.
 */
export function mailIds(message: Message, key: string, channel: string, sender: string): MailIds {
  const domain = mailDomain(sender)
  const thread = threadOf(message)
  return {
    messageId: `<${localPart(key)}@${domain}>`,
    thread:
      thread === null
        ? null
        : `<${localPart(thread)}.${digest(`${channel}\n${sender}`).slice(0, 12)}.openwatch@${domain}>`,
  }
}

/** The part of an address behind the @, as mail headers have it. */
export function mailDomain(address: string): string {
  return domainToASCII(address.slice(address.lastIndexOf('@') + 1)) || 'localhost'
}

function threadOf({ alerts, digest }: Message): string | null {
  if (digest !== null) return 'digest'
  const threads = new Set(alerts.map(threadOfAlert))
  const [only] = threads
  return threads.size === 1 ? (only ?? null) : null
}

function threadOfAlert(alert: Alert): string | null {
  if (isItemAlert(alert)) return `item.${alert.item.id}`
  switch (alert.kind) {
    case 'channel-failing':
      return `channel.${alert.channel}`
    case 'all-quiet':
      return 'digest'
    case 'test':
      return null
  }
}

/** Our ids and keys are such already; anything else could end the header early. */
function localPart(text: string): string {
  return /^[\w.-]{1,100}$/.test(text) ? text : digest(text)
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32)
}
