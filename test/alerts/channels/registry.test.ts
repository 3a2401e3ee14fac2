import { describe, expect, it } from 'vitest'
import { createChannel } from '../../../src/alerts/channels/registry.ts'
import { messageOf } from '../../../src/alerts/message.ts'
import { channelsSchema } from '../../../src/config/schema/channel.ts'
import { alertSamples } from '../sample.ts'
import { startReceiver } from './receiver.ts'
import { startSmtpReceiver } from './smtp-receiver.ts'

const options = {
  idempotencyKey: 'k',
  signal: new AbortController().signal,
  attempt: 1,
  now: new Date(),
  actions: () => [],
}

function surroundings() {
  const written: string[] = []
  return { written, output: { write: (text: string) => written.push(text) }, width: () => 80 }
}

describe('a channel made from the configuration', () => {
  it('writes to the console', async () => {
    const around = surroundings()
    const channel = createChannel({ id: 'console', type: 'console', group: false }, around)
    expect(await channel.send(messageOf(alertSamples.overdue), options)).toMatchObject({ kind: 'sent' })
    expect(around.written.join('')).toMatch(/^! overdue {2}.*nothing came\.\s.*\n\n$/s)
  })

  it('posts to a webhook', async () => {
    const receiver = await startReceiver((response) => response.writeHead(200).end())
    const config = {
      id: 'team',
      type: 'webhook' as const,
      group: false,
      url: receiver.url,
      headers: {},
      timeout: 1000,
    }
    const channel = createChannel(config, surroundings())
    expect(channel.id).toBe('team')
    expect(await channel.send(messageOf(alertSamples.overdue), options)).toMatchObject({ kind: 'sent' })
    await receiver.close()
    expect(receiver.received).toHaveLength(1)
  })

  it.each([
    ['slack', (origin: string) => ({ type: 'slack', url: `${origin}/services/x` })],
    ['discord', (origin: string) => ({ type: 'discord', url: `${origin}/api/webhooks/1/x` })],
    ['teams', (origin: string) => ({ type: 'teams', url: `${origin}/workflows/1` })],
    ['telegram', (origin: string) => ({ type: 'telegram', token: '1:a', chat: 1, baseUrl: origin })],
  ])('posts to %s', async (_type, settings) => {
    const receiver = await startReceiver((response) => response.writeHead(200).end('{"ok":true}'))
    const { it: config } = channelsSchema.parse({ it: settings(new URL(receiver.url).origin) })
    if (config === undefined) throw new Error('no channel')
    const channel = createChannel({ ...config, id: 'it' }, surroundings())
    expect(channel.id).toBe('it')
    expect(await channel.send(messageOf(alertSamples.test), options)).toMatchObject({ kind: 'sent' })
    await receiver.close()
    expect(receiver.received).toHaveLength(1)
  })

  it('sends mail', async () => {
    const server = await startSmtpReceiver()
    const { it: config } = channelsSchema.parse({
      it: {
        ...{ type: 'email', host: '127.0.0.1', port: server.port, security: 'none' },
        ...{ from: 'a@example.org', to: 'b@example.org' },
      },
    })
    if (config === undefined) throw new Error('no channel')
    const channel = createChannel({ ...config, id: 'mail' }, surroundings())
    expect(await channel.send(messageOf(alertSamples.test), options)).toMatchObject({ kind: 'sent' })
    await channel.close?.()
    await server.close()
    expect(server.received).toHaveLength(1)
  })
})
