import { rootCertificates } from 'node:tls'
import type { SendMailOptions, SMTPPoolOptions } from 'nodemailer'
import type { EmailConfig } from '../../config/schema/channels/email.ts'
import type { Message } from '../message.ts'
import type { Channel, SendOptions, SendOutcome } from './channel.ts'
import { emailContent, isWholeInMail } from './email-content.ts'
import { acceptedMail, failedMail } from './email-outcome.ts'
import { mostWhole } from './fitting.ts'

/** What the e-mail channel needs of its configuration. */
export type EmailOptions = Pick<
  EmailConfig,
  'host' | 'port' | 'security' | 'ca' | 'user' | 'password' | 'from' | 'to' | 'unsubscribe' | 'timeout'
>

/** How many half-taken mails are remembered; each is forgotten once all have it. */
const remembered = 200

/**
 * Sends alerts as mail over one connection that is kept open. A mail that the server took for some of its recipients
 * and put off for others goes to the others only when it is tried again.
 */
export function emailChannel(id: string, options: EmailOptions): Channel {
  let transport: ReturnType<typeof openTransport> | null = null
  const takenBy = new Map<string, ReadonlySet<string>>()

  async function deliver(mail: SendMailOptions, send: SendOptions): Promise<SendOutcome> {
    const taken = takenBy.get(send.idempotencyKey) ?? new Set()
    const to = options.to.map(({ address }) => address).filter((address) => !taken.has(address))
    const signal = AbortSignal.any([send.signal, AbortSignal.timeout(options.timeout)])
    transport ??= openTransport(options)
    const info = await (
      await transport
    ).sendMail({ ...mail, envelope: { from: options.from.address, to }, signal })
    const { outcome, accepted } = acceptedMail(info)
    if (outcome.kind === 'retry') remember(send.idempotencyKey, new Set([...taken, ...accepted]))
    else takenBy.delete(send.idempotencyKey)
    return outcome
  }

  function remember(key: string, taken: ReadonlySet<string>): void {
    takenBy.set(key, taken)
    const [oldest] = takenBy.keys()
    if (takenBy.size > remembered && oldest !== undefined) takenBy.delete(oldest)
  }

  return {
    id,
    room: (alerts) => mostWhole(alerts, 40, isWholeInMail),
    send: async (message: Message, send) => {
      const mail = emailContent(message, { channel: id, options, send })
      try {
        return await deliver(mail, send)
      } catch (error) {
        return failedMail(error, send.signal.aborted)
      }
    },
    close: async () => (await transport)?.close(),
  }
}

/** Loaded with the first mail: a command that sends none need not wait for it. */
async function openTransport(options: EmailOptions) {
  const { createTransport } = await import('nodemailer')
  return createTransport({ ...connection(options), pool: true })
}

const ports = { tls: 465, starttls: 587, none: 25 } as const

function connection({ host, port, security, ca, user, password, timeout }: EmailOptions): SMTPPoolOptions {
  return {
    host,
    port: port ?? ports[security],
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    // Node takes `ca` in place of the known authorities, not beside them.
    ...(ca === undefined ? {} : { tls: { ca: [...rootCertificates, ca] } }),
    ...(user === undefined ? {} : { auth: { user, pass: password } }),
    // The engine sends one message at a time, and a mail is tried again by the engine.
    maxConnections: 1,
    maxRequeues: 1,
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    socketTimeout: timeout,
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}
