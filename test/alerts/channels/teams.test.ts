import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { teamsMessage } from '../../../src/alerts/channels/teams-message.ts'
import { teamsChannel } from '../../../src/alerts/channels/teams.ts'
import { messageOf, type Message } from '../../../src/alerts/message.ts'
import { anyMessage, hostileAlert } from '../hostile.ts'
import { flood, sampleActions, week } from '../sample-messages.ts'
import { alertSamples } from '../sample.ts'
import { answering, dispute, everyMessage, expectValid, posted, sending } from './chat.ts'
import { teamsSchema } from './schemas/teams.ts'

const moved = messageOf(alertSamples['status-changed'])
const cardOf = (message: ReturnType<typeof teamsMessage>) => message.attachments[0].content
const workflow = (origin: string) =>
  teamsChannel('teams', { url: `${origin}/workflows/1/triggers/manual/paths/invoke?sig=s`, timeout: 2000 })

describe('a message to Teams', () => {
  it.each(everyMessage)('is what a workflow takes: %s', async (_name, message) => {
    const body = await posted(message, teamsSchema, workflow, '')
    expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThanOrEqual(20_000)
  })

  it('shows what moved, the question, the proof and the links', () => {
    expect(cardOf(teamsMessage(moved, sampleActions))).toMatchSnapshot()
  })

  it('lays several alerts out one below the other, by topic', () => {
    expect(cardOf(teamsMessage(week, sampleActions)).body).toMatchSnapshot()
  })

  it('shows both sides of a dispute, each with its outlet and link, alone and among others', () => {
    const group: Message = { alerts: [...dispute.alerts, ...week.alerts], digest: null }
    for (const message of [dispute, group]) {
      const shown = JSON.stringify(cardOf(teamsMessage(message, sampleActions)).body)
      expect(shown).toMatch(/expect it later this summer.*techcrunch\.com.*https:\/\/techcrunch\.com\//)
      expect(shown).toMatch(/comes in June.*theverge\.com.*https:\/\/www\.theverge\.com\/on-time/)
    }
  })

  it('counts the alerts that it has no room for', () => {
    const { body } = cardOf(teamsMessage(flood(300), sampleActions))
    const shown = body.filter(({ type }) => type === 'Container').length
    expect(shown).toBeGreaterThan(5)
    expect(JSON.stringify(body.at(-1))).toContain(`and ${300 - shown} more`)
  })

  it('leaves no word of others where Markdown or mentions are read', () => {
    const text = JSON.stringify(teamsMessage(messageOf(hostileAlert), () => []))
    expect(text).not.toMatch(/"type":"TextBlock"|"entities"|"mention"|"url":"(?!http:\/\/127)/)
  })

  it('keeps to every limit, whatever stands in it', () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        const made = teamsMessage(message, () => [])
        expectValid(made, teamsSchema)
        expect(Buffer.byteLength(JSON.stringify(made))).toBeLessThanOrEqual(20_000)
      }),
      { numRuns: 100 },
    )
  })
})

describe('Teams', () => {
  it('takes a message with 202', async () => {
    const { origin } = await answering(202, '')
    expect(await workflow(origin).send(moved, sending())).toEqual({ kind: 'sent', detail: 'answered 202' })
  })

  it.each([
    [400, '{"error":{"code":"TriggerInputSchemaMismatch"}}', 'message'],
    [401, '{"error":{"code":"AuthorizationFailed"}}', 'channel'],
    [404, '{"error":{"code":"WorkflowNotFound"}}', 'channel'],
    [413, '', 'message'],
  ])('that answers %i refuses, because of the %s', async (code, body, concerns) => {
    const { origin } = await answering(code, body)
    expect(await workflow(origin).send(moved, sending())).toMatchObject({ kind: 'refused', concerns })
  })

  it('is asked again when it says', async () => {
    const { origin } = await answering(429, '', { 'retry-after': '12' })
    expect(await workflow(origin).send(moved, sending())).toMatchObject({
      kind: 'retry',
      retryAfterMs: 12_000,
    })
  })

  it.each([
    [429, 'retry'],
    [413, 'refused'],
  ])('of the old kind that says %i in words only: %s', async (code, kind) => {
    const said = `Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error ${code} with ContextId tcid=0.`
    const { origin } = await answering(200, said)
    expect(await workflow(origin).send(moved, sending())).toMatchObject({ kind })
  })
})
