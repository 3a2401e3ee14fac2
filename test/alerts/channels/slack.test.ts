import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { slackMessage } from '../../../src/alerts/channels/slack-message.ts'
import { slackChannel } from '../../../src/alerts/channels/slack.ts'
import { messageOf, type Message } from '../../../src/alerts/message.ts'
import { anyMessage, hostileAlert } from '../hostile.ts'
import { flood, sampleActions, week } from '../sample-messages.ts'
import { alertSamples } from '../sample.ts'
import { answering, dispute, everyMessage, expectValid, posted, sending } from './chat.ts'
import { slackPostMessageSchema, slackWebhookSchema } from './schemas/slack.ts'

const moved = messageOf(alertSamples['status-changed'])
const baseUrl = 'https://slack.com/api'

const hook = (origin: string) =>
  slackChannel('slack', { url: `${origin}/services/T0/B0/x`, baseUrl, timeout: 2000 })

const bot = (origin: string) =>
  slackChannel('slack', { token: 'xoxb-1', channel: 'C1', baseUrl: `${origin}/api/`, timeout: 2000 })

describe('a message to Slack', () => {
  it.each(everyMessage)('is what an incoming webhook takes: %s', async (_name, message) => {
    await posted(message, slackWebhookSchema, hook, 'ok')
  })

  it.each(everyMessage)('is what chat.postMessage takes: %s', async (_name, message) => {
    await posted(message, slackPostMessageSchema, bot, { ok: true, channel: 'C1', ts: '1.2' })
  })

  it('shows what moved, the question, the proof and the links', () => {
    expect(slackMessage(moved, sampleActions)).toMatchSnapshot()
  })

  it('lays several alerts out one below the other, by topic', () => {
    expect(slackMessage(week, sampleActions)).toMatchSnapshot()
  })

  it('shows both sides of a dispute, each with its outlet and link, alone and among others', () => {
    const group: Message = { alerts: [...dispute.alerts, ...week.alerts], digest: null }
    for (const message of [dispute, group]) {
      const shown = JSON.stringify(slackMessage(message, sampleActions).blocks)
      expect(shown).toMatch(/expect it later this summer.*https:\/\/techcrunch\.com\/.*"techcrunch\.com"/)
      expect(shown).toMatch(/comes in June.*https:\/\/www\.theverge\.com\/on-time.*"theverge\.com"/)
    }
  })

  it('counts the alerts that it has no room for', () => {
    const { blocks } = slackMessage(flood(300), sampleActions)
    const shown = blocks.filter(({ type }) => type === 'divider').length
    expect(shown).toBeGreaterThan(5)
    expect(JSON.stringify(blocks)).toContain(`and ${300 - shown} more`)
  })

  it('takes no markup, mention or link from words of others', () => {
    const message = slackMessage(messageOf(hostileAlert), () => [])
    const elements = JSON.stringify(message.blocks)
    expect(elements).not.toMatch(/"type":"(?:user|usergroup|broadcast|channel|emoji|mrkdwn)"/)
    expect(elements).not.toContain('"url":"javascript:')
    expect(message.text).not.toMatch(/<[!@#]|<http|@(?:here|channel|everyone)/)
  })

  it('keeps to every limit, whatever stands in it', () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        const made = slackMessage(message, () => [])
        expectValid(made, slackWebhookSchema)
        expect(JSON.stringify(made.blocks).length).toBeLessThanOrEqual(11_000)
      }),
      { numRuns: 100 },
    )
  })
})

describe('Slack', () => {
  it('is called as a bot with its token, and gets the key with the message', async () => {
    const { origin, received } = await answering(200, { ok: true })
    expect(await bot(origin).send(moved, sending())).toEqual({ kind: 'sent', detail: 'answered ok' })
    expect(received[0]).toMatchObject({
      url: '/api/chat.postMessage',
      headers: { authorization: 'Bearer xoxb-1' },
    })
    expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({
      channel: 'C1',
      metadata: { event_payload: { key: sending().idempotencyKey } },
    })
  })

  it.each([
    [400, 'invalid_payload', 'refused', 'message'],
    [403, 'invalid_token', 'refused', 'channel'],
    [403, 'action_prohibited', 'refused', 'channel'],
    [404, 'channel_not_found', 'refused', 'channel'],
    [404, 'no_service', 'refused', 'channel'],
    [410, 'channel_is_archived', 'refused', 'channel'],
    [500, 'rollup_error', 'retry', undefined],
  ])('that answers a webhook %i %s: %s', async (code, body, kind, concerns) => {
    const { origin } = await answering(code, body)
    const expected = kind === 'retry' ? { retryAfterMs: null } : { concerns }
    expect(await hook(origin).send(moved, sending())).toEqual({
      kind,
      reason: `answered ${code}: ${body}`,
      ...expected,
    })
  })

  it.each([
    ['invalid_auth', 'refused', 'channel'],
    ['channel_not_found', 'refused', 'channel'],
    ['not_in_channel', 'refused', 'channel'],
    ['is_archived', 'refused', 'channel'],
    ['msg_blocks_too_long', 'refused', 'message'],
    ['invalid_blocks', 'refused', 'message'],
    ['internal_error', 'retry', undefined],
    ['ratelimited', 'retry', undefined],
  ])('that answers a bot 200 with the error %s: %s', async (error, kind, concerns) => {
    const { origin } = await answering(200, { ok: false, error })
    const expected = kind === 'retry' ? { retryAfterMs: null } : { concerns }
    expect(await bot(origin).send(moved, sending())).toEqual({
      kind,
      reason: `answered ${error}`,
      ...expected,
    })
  })

  it('is asked again when it says, by webhook and as a bot', async () => {
    const { origin } = await answering(429, { ok: false, error: 'ratelimited' }, { 'retry-after': '30' })
    for (const channel of [hook(origin), bot(origin)]) {
      expect(await channel.send(moved, sending())).toMatchObject({ kind: 'retry', retryAfterMs: 30_000 })
    }
  })

  it('has not taken what somebody else answers in its place', async () => {
    const { origin } = await answering(200, '<html>Log in to the network</html>')
    expect(await bot(origin).send(moved, sending())).toMatchObject({ kind: 'retry' })
  })
})
