import fc from 'fast-check'
import type { SMTPServerOptions } from 'smtp-server'
import { afterEach, describe, expect, it } from 'vitest'
import { emailChannel, type EmailOptions } from '../../../src/alerts/channels/email.ts'
import type { Channel, SendOptions } from '../../../src/alerts/channels/channel.ts'
import type { Alert } from '../../../src/alerts/alert.ts'
import { messageOf, type Message } from '../../../src/alerts/message.ts'
import { anyMessage, hostileAlert } from '../hostile.ts'
import { about, burst, flood, messageSamples, sampleActions, week } from '../sample-messages.ts'
import { alertSamples } from '../sample.ts'
import { certificate, key } from './localhost-certificate.ts'
import { startSmtpReceiver, type ReceivedMail, type SmtpAnswers } from './smtp-receiver.ts'

const moved = alertSamples['status-changed']
const cleanUps: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

async function smtp(answers: SmtpAnswers = {}, options: SMTPServerOptions = {}) {
  const started = await startSmtpReceiver(answers, options)
  cleanUps.push(started.close)
  return started
}

function mailer(port: number, over: Partial<EmailOptions> = {}, id = 'mail'): Channel {
  const channel = emailChannel(id, {
    ...{ host: '127.0.0.1', port, security: 'none', timeout: 2000 },
    from: { name: 'openwatch', address: 'watch@example.org' },
    to: [{ name: '', address: 'me@example.org' }],
    ...over,
  })
  cleanUps.push(async () => channel.close?.())
  return channel
}

function sending(over: Partial<SendOptions> = {}): SendOptions {
  return {
    idempotencyKey: '0b3f3c0e-0000-4000-8000-000000000001',
    signal: new AbortController().signal,
    attempt: 1,
    now: new Date('2025-06-11T00:00:00Z'),
    actions: sampleActions,
    ...over,
  }
}

/** Sends messages to a server of their own and gives what came. */
async function delivered(...messages: readonly Message[]): Promise<readonly ReceivedMail[]> {
  const server = await smtp()
  const channel = mailer(server.port)
  for (const [index, message] of messages.entries()) {
    const outcome = await channel.send(message, sending({ idempotencyKey: `key-${index}` }))
    expect(outcome).toMatchObject({ kind: 'sent' })
  }
  return server.received
}

async function one(message: Message): Promise<ReceivedMail> {
  const [mail] = await delivered(message)
  if (mail === undefined) throw new Error('no mail came')
  return mail
}

const pageOf = ({ parsed }: ReceivedMail): string => (typeof parsed.html === 'string' ? parsed.html : '')

const header = (mail: ReceivedMail, name: string) =>
  mail.parsed.headerLines.filter((line) => line.key === name).map(({ line }) => line.replace(/\r\n\s/g, ' '))

describe('a mail', () => {
  it('comes from the sender to all recipients, dated when it is sent, under an id made from the key', async () => {
    const server = await smtp()
    const to = [
      { name: 'Me', address: 'me@example.org' },
      { name: '', address: 'you@example.net' },
    ]
    const outcome = await mailer(server.port, { to }).send(messageOf(moved), sending())
    expect(outcome).toMatchObject({ kind: 'sent', detail: expect.stringMatching(/^250 /) as string })
    const [mail] = server.received
    expect(mail?.envelope).toEqual({ from: 'watch@example.org', to: ['me@example.org', 'you@example.net'] })
    expect(mail?.parsed).toMatchObject({
      from: { text: '"openwatch" <watch@example.org>' },
      to: { text: '"Me" <me@example.org>, you@example.net' },
      subject: 'announced → delayed: When will OpenAI release its open-weight model?',
      date: sending().now,
      messageId: '<0b3f3c0e-0000-4000-8000-000000000001@example.org>',
    })
  })

  it('says that it comes from a machine and how to stop it', async () => {
    const mail = await one(messageOf(moved))
    expect(header(mail, 'auto-submitted')).toEqual(['Auto-Submitted: auto-generated'])
    expect(header(mail, 'list-id')).toEqual(['List-ID: openwatch <openwatch.example.org>'])
    expect(header(mail, 'list-unsubscribe')).toEqual([
      'List-Unsubscribe: <mailto:watch@example.org?subject=unsubscribe>',
    ])
  })

  it('leads to an address of the operator for being stopped', async () => {
    const server = await smtp()
    const unsubscribe = 'https://example.org/stop?list=a'
    await mailer(server.port, { unsubscribe }).send(messageOf(moved), sending())
    const [mail] = server.received
    expect(mail?.parsed.headers.get('list')).toMatchObject({ unsubscribe: { url: unsubscribe } })
    expect(mail?.parsed.html).toContain(unsubscribe)
  })

  it.each(messageSamples)('has a text and a page that say the same: %s', async (_kind, message) => {
    const mail = await one(message)
    const { parsed } = mail
    const [alert] = message.alerts
    const said = 'item' in alert ? alert.item.question : 'openwatch'
    expect(parsed.subject?.trim()).toBeTruthy()
    expect(parsed.text?.replace(/\s+/g, ' ')).toContain(said)
    expect(parsed.html).toMatch(/^<!doctype html>/)
    expect(parsed.textAsHtml).toBeTruthy()
    expect(pageOf(mail).replace(/<[^>]+>/g, '')).toContain(said)
    expect(parsed.attachments).toEqual([])
  })

  it('carries the links for doing something in both of its parts', async () => {
    const { parsed } = await one(messageOf(moved))
    const [action] = sampleActions(moved)
    expect(parsed.text).toContain(action?.url)
    expect(parsed.html).toContain(action?.url.replaceAll('&', '&amp;'))
  })

  it('has only lines that mail servers carry, also where a word is endless', async () => {
    const long = { ...moved, item: { ...moved.item, question: 'x'.repeat(3000) } }
    for (const { raw } of await delivered(messageOf(long), flood(30), week)) {
      for (const line of raw.split('\r\n')) expect(line.length).toBeLessThanOrEqual(998)
    }
  })

  it('is no longer than mail readers show, however many alerts come together', async () => {
    const mail = await one(flood(1000))
    const { parsed } = mail
    expect(Buffer.byteLength(pageOf(mail))).toBeLessThanOrEqual(102_400)
    expect(parsed.text?.length).toBeLessThanOrEqual(101_000)
    expect(parsed.text).toContain('more')
  })
})

describe('the threads of mail', () => {
  const threadOf = (mail: ReceivedMail | undefined) => {
    expect(mail?.parsed.inReplyTo).toEqual(mail?.parsed.references)
    return mail?.parsed.references
  }

  it('are one a question', async () => {
    const other = { ...moved, item: { ...moved.item, id: 'another' } }
    const mails = await delivered(
      messageOf(moved),
      messageOf(alertSamples.overdue),
      { alerts: [moved, alertSamples['date-changed']], digest: null },
      messageOf(other),
    )
    const [first, second, both, another] = mails.map(threadOf)
    expect(first).toMatch(/^<item\.release-timing\.[0-9a-f]{12}\.openwatch@example\.org>$/)
    expect([second, both]).toEqual([first, first])
    expect(another).toMatch(/^<item\.another\./)
    expect(new Set(mails.map(({ parsed }) => parsed.messageId)).size).toBe(4)
  })

  it('are one for digests and one for each channel that fails; what is about several questions stands alone', async () => {
    const failing = alertSamples['channel-failing']
    const mails = await delivered(week, burst, messageOf(failing), messageOf({ ...failing, channel: 'b' }))
    const [digest, mixed, a, b] = mails.map(threadOf)
    expect(digest).toMatch(/^<digest\./)
    expect(mixed).toBeUndefined()
    expect(a).toMatch(/^<channel\.team-chat\./)
    expect(b).toMatch(/^<channel\.b\./)
  })

  it('are not shared with another installation that writes from another address', async () => {
    const server = await smtp()
    await mailer(server.port).send(messageOf(moved), sending())
    const from = { name: '', address: 'other@example.org' }
    await mailer(server.port, { from }).send(messageOf(moved), sending())
    expect(new Set(server.received.map(threadOf)).size).toBe(2)
  })

  it('and the id stay the same when a mail is tried again', async () => {
    const server = await smtp({ data: (nth) => (nth === 1 ? { code: 451, text: 'later' } : null) })
    const channel = mailer(server.port)
    const now = new Date('2025-06-11T00:07:00Z')
    expect(await channel.send(messageOf(moved), sending())).toMatchObject({ kind: 'retry' })
    expect(await channel.send(messageOf(moved), sending({ attempt: 2, now }))).toMatchObject({ kind: 'sent' })
    expect(server.received.map(({ parsed }) => [parsed.messageId, parsed.date])).toEqual([
      ['<0b3f3c0e-0000-4000-8000-000000000001@example.org>', now],
    ])
    expect(server.received[0]?.parsed.text).toContain('10 June 2025, 17:00 UTC')
  })
})

const headerNames = [
  ...['auto-submitted', 'content-type', 'date', 'from', 'list-id', 'list-unsubscribe', 'message-id'],
  ...['mime-version', 'subject', 'to', 'x-auto-response-suppress'],
]

/** What no text of a feed may change: which headers there are, and for whom the mail is. */
function expectIntact(mail: ReceivedMail | undefined): void {
  const names = mail?.parsed.headerLines.map((line) => line.key).sort() ?? []
  expect(names.filter((name) => name !== 'in-reply-to' && name !== 'references')).toEqual(headerNames)
  expect(mail?.parsed.to).toMatchObject({ text: 'me@example.org' })
  expect(mail?.envelope.to).toEqual(['me@example.org'])
  expect(mail?.parsed.subject).toMatch(/\S/)
  expect(mail?.parsed.subject).not.toMatch(/\p{Cc}/u)
}

describe('hostile words', () => {
  it('cannot make a header, a recipient or a script', async () => {
    const evil = 'x\r\nBcc: victim@example.org\r\n\r\n<script>alert(1)</script>'
    const alert = { ...hostileAlert, item: { id: evil, topic: evil, question: evil } } as Alert
    const mail = await one(messageOf(alert))
    expectIntact(mail)
    expect(mail.parsed.html).not.toMatch(/<script/i)
    expect(mail.parsed.references).toMatch(/^<[0-9a-f]{32}\.[0-9a-f]{12}\.openwatch@example\.org>$/)
  })

  it('of any kind leave the mail whole', async () => {
    const server = await smtp()
    const channel = mailer(server.port)
    await fc.assert(
      fc.asyncProperty(anyMessage, async (message) => {
        expect(await channel.send(message, sending({ actions: () => [] }))).toMatchObject({ kind: 'sent' })
        expectIntact(server.received.at(-1))
      }),
      { numRuns: 50 },
    )
  })
})

describe('a mail server', () => {
  it('is talked to over one connection for many mails, and let go at the end', async () => {
    const server = await smtp()
    const channel = mailer(server.port)
    for (let nth = 0; nth < 5; nth++)
      await channel.send(messageOf(moved), sending({ idempotencyKey: `k${nth}` }))
    expect(server.received).toHaveLength(5)
    expect(new Set(server.received.map(({ session }) => session)).size).toBe(1)
    expect(server.connections()).toBe(1)
    await channel.close?.()
    await expect.poll(server.connections).toBe(0)
  })

  it('may have hung up since the last mail', async () => {
    const server = await smtp()
    const channel = mailer(server.port)
    await channel.send(messageOf(moved), sending())
    server.hangUp()
    await expect.poll(server.connections).toBe(0)
    expect(await channel.send(messageOf(moved), sending({ idempotencyKey: 'k2' }))).toMatchObject({
      kind: 'sent',
    })
  })

  it.each([
    [421, 'retry', undefined],
    [450, 'retry', undefined],
    [452, 'retry', undefined],
    [550, 'refused', 'channel'],
  ])('that answers %i for the only recipient: %s', async (code, kind, concerns) => {
    const server = await smtp({ recipient: () => ({ code, text: 'no such luck' }) })
    const outcome = await mailer(server.port).send(messageOf(moved), sending())
    expect(outcome).toEqual({
      kind,
      reason: expect.stringContaining('no such luck') as string,
      ...(kind === 'retry' ? { retryAfterMs: null } : { concerns }),
    })
  })

  it.each([
    [451, 'retry', undefined],
    [554, 'refused', 'message'],
  ])('that answers %i for the text: %s', async (code, kind, concerns) => {
    const server = await smtp({ data: () => ({ code, text: 'looks odd' }) })
    const outcome = await mailer(server.port).send(messageOf(moved), sending())
    expect(outcome).toEqual({
      kind,
      reason: `answered ${code} looks odd`,
      ...(kind === 'retry' ? { retryAfterMs: null } : { concerns }),
    })
  })

  it('that puts one of two recipients off is asked again for that one only', async () => {
    const server = await smtp({
      recipient: (address, nth) =>
        address === 'slow@example.org' && nth < 3 ? { code: 450, text: 'greylisted' } : null,
    })
    const to = ['quick@example.org', 'slow@example.org'].map((address) => ({ name: '', address }))
    const channel = mailer(server.port, { to })
    expect(await channel.send(messageOf(moved), sending())).toMatchObject({
      kind: 'retry',
      reason: expect.stringContaining('slow@example.org: answered 450 greylisted') as string,
    })
    expect(await channel.send(messageOf(moved), sending({ attempt: 2 }))).toMatchObject({ kind: 'sent' })
    expect(server.received.map(({ envelope }) => envelope.to)).toEqual([
      ['quick@example.org'],
      ['slow@example.org'],
    ])
  })

  it('that knows one of two recipients has delivered, and says who got none', async () => {
    const server = await smtp({
      recipient: (address) => (address === 'gone@example.org' ? { code: 550, text: 'unknown user' } : null),
    })
    const to = ['me@example.org', 'gone@example.org'].map((address) => ({ name: '', address }))
    expect(await mailer(server.port, { to }).send(messageOf(moved), sending())).toMatchObject({
      kind: 'sent',
      detail: expect.stringContaining('not for gone@example.org: answered 550 unknown user') as string,
    })
  })

  it('is not waited for longer than the timeout', async () => {
    const server = await smtp({}, { onConnect: () => undefined })
    const outcome = await mailer(server.port, { timeout: 150 }).send(messageOf(moved), sending())
    expect(outcome).toEqual({ kind: 'retry', reason: 'no answer in time', retryAfterMs: null })
  })

  it('is let go at once when openwatch stops', async () => {
    const server = await smtp({}, { onConnect: () => undefined })
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 50)
    const options = sending({ signal: stop.signal })
    expect(await mailer(server.port, { timeout: 60_000 }).send(messageOf(moved), options)).toEqual({
      kind: 'retry',
      reason: 'called off: openwatch is stopping',
      retryAfterMs: null,
    })
  })

  it('that is not there is tried again', async () => {
    const server = await startSmtpReceiver()
    await server.close()
    expect(await mailer(server.port).send(messageOf(moved), sending())).toMatchObject({
      kind: 'retry',
      reason: expect.stringContaining('ECONNREFUSED') as string,
    })
  })
})

describe('a login', () => {
  const asked: SMTPServerOptions = {
    authOptional: false,
    allowInsecureAuth: true,
    onAuth({ username, password }, _session, callback) {
      if (username === 'busy') callback(Object.assign(new Error('try later'), { responseCode: 454 }))
      else if (username === 'watch' && password === 'pa$s') callback(null, { user: username })
      else callback(new Error('Invalid username or password'))
    },
  }
  const send = async (over: Partial<EmailOptions>) =>
    mailer((await smtp({}, asked)).port, over).send(messageOf(moved), sending())

  it('opens the server', async () => {
    expect(await send({ user: 'watch', password: 'pa$s' })).toMatchObject({ kind: 'sent' })
  })

  it('that is wrong, or missing, has to be mended first', async () => {
    const wrong = await send({ user: 'watch', password: 'wrong-secret' })
    expect(wrong).toMatchObject({ kind: 'refused', concerns: 'channel' })
    expect(JSON.stringify(wrong)).toMatch(/535/)
    expect(JSON.stringify(wrong)).not.toContain('wrong-secret')
    expect(await send({})).toMatchObject({ kind: 'refused', concerns: 'channel' })
  })

  it('that the server cannot check just now is tried again', async () => {
    expect(await send({ user: 'busy', password: 'x' })).toMatchObject({ kind: 'retry' })
  })
})

describe('the connection', () => {
  const secured = { cert: certificate, key }

  it.each([
    ['starttls', {}],
    ['tls', { secure: true }],
  ] as const)('is secured by %s', async (security, options) => {
    const seen: boolean[] = []
    const server = await smtp(
      {},
      {
        ...secured,
        ...options,
        onMailFrom(_address, session, callback) {
          seen.push(session.secure)
          callback()
        },
      },
    )
    const channel = mailer(server.port, { host: 'localhost', security, ca: certificate })
    expect(await channel.send(messageOf(moved), sending())).toMatchObject({ kind: 'sent' })
    expect(seen).toEqual([true])
  })

  it('is not used when the certificate is of somebody unknown', async () => {
    const server = await smtp({}, { ...secured, secure: true })
    const outcome = await mailer(server.port, { security: 'tls' }).send(messageOf(moved), sending())
    expect(outcome).toMatchObject({
      kind: 'retry',
      reason: expect.stringMatching(/self-signed|certificate/i) as string,
    })
    expect(server.received).toEqual([])
  })

  it('is not used in the clear where starttls is wanted and missing', async () => {
    const server = await smtp({}, { hideSTARTTLS: true })
    const outcome = await mailer(server.port, { security: 'starttls' }).send(messageOf(moved), sending())
    expect(outcome.kind).not.toBe('sent')
    expect(server.received).toEqual([])
  })
})

describe('a mail about another question', () => {
  it('is another thread though the questions read alike', async () => {
    const mails = await delivered(messageOf(moved), messageOf(about(moved, moved.item.question)))
    expect(new Set(mails.map(({ parsed }) => parsed.references)).size).toBe(2)
  })
})
