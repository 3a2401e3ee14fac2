import { describe, expect, it } from 'vitest'
import type { Alert } from '../../../src/alerts/alert.ts'
import type { Channel } from '../../../src/alerts/channels/channel.ts'
import { discordChannel } from '../../../src/alerts/channels/discord.ts'
import { emailChannel } from '../../../src/alerts/channels/email.ts'
import { slackChannel } from '../../../src/alerts/channels/slack.ts'
import { teamsChannel } from '../../../src/alerts/channels/teams.ts'
import { telegramChannel } from '../../../src/alerts/channels/telegram.ts'
import { messageOf, type Message } from '../../../src/alerts/message.ts'
import { hostileAlert } from '../hostile.ts'
import { flood, messageSamples } from '../sample-messages.ts'
import { answering, sending } from './chat.ts'
import { startSmtpReceiver } from './smtp-receiver.ts'

const timeout = 2000

/** Each channel with a way to read back what it sent. */
const channels: Record<string, (origin: string) => Channel> = {
  slack: (url) => slackChannel('it', { url, baseUrl: url, timeout }),
  discord: (url) => discordChannel('it', { url, timeout }),
  teams: (url) => teamsChannel('it', { url, timeout }),
  telegram: (baseUrl) => telegramChannel('it', { token: '1:a', chat: '1', baseUrl, timeout }),
}

function firstOf(message: Message, count: number): Message {
  return { alerts: message.alerts.slice(0, count) as [Alert, ...Alert[]], digest: null }
}

async function sentBy(name: string, message: Message): Promise<string> {
  const { origin, received } = await answering(200, { ok: true })
  await channels[name]?.(origin).send(message, sending())
  return received[0]?.body ?? ''
}

async function mailed(message: Message): Promise<string> {
  const server = await startSmtpReceiver()
  const from = { name: '', address: 'a@example.org' }
  const channel = emailChannel('it', {
    ...{ host: '127.0.0.1', port: server.port, security: 'none', from, to: [from], timeout },
  })
  await channel.send(message, sending())
  await channel.close?.()
  await server.close()
  const { html } = server.received[0]?.parsed ?? {}
  return typeof html === 'string' ? html : ''
}

/** Whether a message says that it left something out. */
const countsRest = (sent: string) => /and \d+ more/.test(sent)

const roomOf = (name: string, message: Message) =>
  channels[name]?.('http://127.0.0.1').room?.(message.alerts) ?? 0

describe.each(Object.keys(channels))('a message of %s', (name) => {
  it('has room for several alerts, and says for how many', async () => {
    const room = roomOf(name, flood(100))
    expect(room).toBeGreaterThan(4)
    expect(countsRest(await sentBy(name, firstOf(flood(100), room)))).toBe(false)
    expect(countsRest(await sentBy(name, firstOf(flood(100), room + 1)))).toBe(true)
  })

  it.each(messageSamples)('has room for %s', (_kind, message) => {
    expect(roomOf(name, message)).toBe(message.alerts.length)
  })

  it('has room for at least one, whatever stands in it', () => {
    const long = { ...hostileAlert, item: { id: 'x', topic: 'x', question: '&<'.repeat(5000) } } as Alert
    const room = roomOf(name, { alerts: [long, long, long, long, long, long, long], digest: null })
    expect(room).toBeGreaterThan(0)
    expect(roomOf(name, messageOf(long))).toBe(1)
  })
})

describe('a mail', () => {
  it('has room for as many alerts as readers of mail show', async () => {
    const from = { name: '', address: 'a@example.org' }
    const channel = emailChannel('it', {
      ...{ host: '127.0.0.1', port: 1, security: 'none', from, to: [from], timeout },
    })
    const room = channel.room?.(flood(100).alerts) ?? 0
    expect(room).toBeGreaterThan(15)
    expect(countsRest(await mailed(firstOf(flood(100), room)))).toBe(false)
  })
})
