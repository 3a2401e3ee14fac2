import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { discordMessage, type DiscordMessage } from '../../../src/alerts/channels/discord-message.ts'
import { discordChannel } from '../../../src/alerts/channels/discord.ts'
import { messageOf, type Message } from '../../../src/alerts/message.ts'
import { anyMessage, hostileAlert } from '../hostile.ts'
import { flood, sampleActions, week } from '../sample-messages.ts'
import { alertSamples } from '../sample.ts'
import { answering, dispute, everyMessage, expectValid, posted, sending } from './chat.ts'
import { discordSchema } from './schemas/discord.ts'

const moved = messageOf(alertSamples['status-changed'])

const hook = (origin: string) =>
  discordChannel('discord', { url: `${origin}/api/webhooks/1/token`, timeout: 2000 })

function totalOf({ embeds }: DiscordMessage): number {
  return embeds
    .map(({ title = '', description, footer }) => title + description + (footer?.text ?? ''))
    .join('').length
}

describe('a message to Discord', () => {
  it.each(everyMessage)('is what a webhook takes: %s', async (_name, message) => {
    const body = await posted(message, discordSchema, hook, { id: '1' })
    expect(totalOf(body as DiscordMessage)).toBeLessThanOrEqual(6000)
  })

  it('shows what moved, the question, the proof and the links', () => {
    expect(discordMessage(moved, sampleActions)).toMatchSnapshot()
  })

  it('has an embed for each alert of several', () => {
    expect(discordMessage(week, sampleActions)).toMatchSnapshot()
  })

  it('shows both sides of a dispute, each with its outlet and link, alone and among others', () => {
    const group: Message = { alerts: [...dispute.alerts, ...week.alerts], digest: null }
    for (const message of [dispute, group]) {
      const shown = JSON.stringify(discordMessage(message, sampleActions).embeds)
      expect(shown).toMatch(/expect it later this summer.*techcrunch\.com.*https:\/\/techcrunch\.com\//)
      expect(shown).toMatch(/comes in June.*theverge\.com.*https:\/\/www\.theverge\.com\/on-time/)
    }
  })

  it('counts the alerts that it has no room for', () => {
    const { content, embeds } = discordMessage(flood(300), sampleActions)
    expect(content).toBe('**300 changes**')
    expect(embeds.length).toBeGreaterThan(5)
    expect(embeds.at(-1)?.description).toBe(`[and ${301 - embeds.length} more](http://127.0.0.1:8484/)`)
  })

  it('takes no mention, markup or link from words of others', () => {
    const [embed] = discordMessage(messageOf(hostileAlert), () => []).embeds
    const shown = embed?.description ?? ''
    expect(shown).not.toMatch(/@(?:everyone|here)|(?<!\\)<[@#!:t]|(?<!\\)\]\((?!http:\/\/127)|(?<!\\)\|\|/)
    expect(shown).not.toContain('](javascript:')
    expect(shown).not.toMatch(/https?:\/\/evil/)
  })

  it('keeps to every limit, whatever stands in it', () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        const made = discordMessage(message, () => [])
        expectValid(made, discordSchema)
        expect(totalOf(made)).toBeLessThanOrEqual(6000)
      }),
      { numRuns: 100 },
    )
  })
})

describe('Discord', () => {
  it('is asked to keep the message before it answers, in the thread that is named', async () => {
    const { origin, received } = await answering(200, { id: '1' })
    const url = `${origin}/api/webhooks/1/token?with_components=true`
    await discordChannel('discord', { url, thread: '99', timeout: 2000 }).send(moved, sending())
    expect(received[0]?.url).toBe('/api/webhooks/1/token?with_components=true&wait=true&thread_id=99')
  })

  it('says in its answer when it may be asked again', async () => {
    const body = { message: 'You are being rate limited.', retry_after: 64.57, global: false }
    const { origin } = await answering(429, body, { 'retry-after': '64' })
    expect(await hook(origin).send(moved, sending())).toMatchObject({ kind: 'retry', retryAfterMs: 65_000 })
  })

  it('may be asked too often by others at the same address, which only the header says', async () => {
    const { origin } = await answering(429, 'error code: 1015', { 'retry-after': '7' })
    expect(await hook(origin).send(moved, sending())).toMatchObject({ kind: 'retry', retryAfterMs: 7000 })
  })

  it.each([
    [400, { code: 50035, message: 'Invalid Form Body' }, 'message'],
    [401, { code: 50027, message: 'Invalid Webhook Token' }, 'channel'],
    [404, { code: 10015, message: 'Unknown Webhook' }, 'channel'],
  ])('that answers %i refuses, because of the %s', async (code, body, concerns) => {
    const { origin } = await answering(code, body)
    expect(await hook(origin).send(moved, sending())).toMatchObject({
      kind: 'refused',
      concerns,
      reason: expect.stringContaining(body.message) as string,
    })
  })
})
