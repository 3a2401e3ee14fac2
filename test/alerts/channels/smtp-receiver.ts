import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { simpleParser, type ParsedMail } from 'mailparser'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

/** A mail that came in: read back as a mail reader would, as it went over the wire, and for whom it was. */
export interface ReceivedMail {
  readonly parsed: ParsedMail
  readonly raw: string
  readonly envelope: { readonly from: string; readonly to: readonly string[] }
  /** Names the connection. */
  readonly session: string
}

/** What the server says instead of "yes"; `nth` counts from 1. */
export interface SmtpAnswers {
  readonly recipient?: (address: string, nth: number) => { code: number; text: string } | null
  readonly data?: (nth: number) => { code: number; text: string } | null
}

/** A real SMTP server on loopback that keeps what it gets and answers as told. */
export async function startSmtpReceiver(answers: SmtpAnswers = {}, options: SMTPServerOptions = {}) {
  const received: ReceivedMail[] = []
  let recipients = 0
  let datas = 0
  const server = new SMTPServer({
    authOptional: true,
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 10,
    ...options,
    onRcptTo({ address }, _session, callback) {
      callback(refusal(answers.recipient?.(address, ++recipients)))
    },
    onData(stream, session, callback) {
      void buffer(stream).then(async (bytes) => {
        const no = refusal(answers.data?.(++datas))
        if (no === null) {
          const { mailFrom, rcptTo } = session.envelope
          const to = rcptTo.map(({ address }) => address)
          const envelope = { from: mailFrom === false ? '' : mailFrom.address, to }
          const raw = bytes.toString('latin1')
          received.push({ parsed: await simpleParser(bytes), raw, envelope, session: session.id })
        }
        callback(no)
      })
    },
  })
  // A client that hangs up on us says so by an error of the connection.
  server.on('error', () => undefined)
  const listener = server.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  return {
    received,
    port: (listener.address() as AddressInfo).port,
    /** How many connections are open. */
    connections: () => server.connections.size,
    /** Ends all connections, as a server does after some time of silence. */
    hangUp: () => {
      for (const connection of server.connections) connection.close()
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

function refusal(answer: { code: number; text: string } | null | undefined): Error | null {
  if (answer === null || answer === undefined) return null
  return Object.assign(new Error(answer.text), { responseCode: answer.code })
}
