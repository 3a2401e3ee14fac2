import { describe, expect, it } from 'vitest'
import { createChannel } from '../../../src/alerts/channels/registry.ts'
import { messageOf } from '../../../src/alerts/message.ts'
import { alertSamples } from '../sample.ts'
import { startReceiver } from './receiver.ts'

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
})
