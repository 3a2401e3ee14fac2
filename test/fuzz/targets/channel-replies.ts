import fc from 'fast-check'
import { waitAfter } from '../../../src/alerts/backoff.ts'
import { createChannel } from '../../../src/alerts/channels/registry.ts'
import { messageOf } from '../../../src/alerts/message.ts'
import { channelsSchema } from '../../../src/config/schema/channel.ts'
import { alertSamples } from '../../alerts/sample.ts'
import { mutated, wildText } from '../mutate.ts'
import { answers, startRawServer, type RawAnswer } from '../raw-server.ts'
import type { Fuzzing } from '../target.ts'

const bodies = [
  '{"ok":true,"error":"x","parameters":{"retry_after":5,"migrate_to_chat_id":-1}}',
  '{"retry_after":0.5,"message":"slow"}',
  '{"errcode":"M_LIMIT_EXCEEDED","error":"x","retry_after_ms":2000}',
  'ok',
  '1',
]
const scraps = [
  'null',
  '1e999',
  '-1',
  '99999999999999999999',
  '[]',
  '{}',
  '"',
  '{',
  '}',
  '\\u0000',
  '\\ud800',
  'true',
  ':',
  ',',
  '"retry_after":',
  '"retry_after_ms":',
  '"ok":',
]
const mailScraps = [
  '220 hi',
  '250 OK',
  '250-STARTTLS',
  '354 go',
  '421 bye',
  '451 later',
  '550 no',
  '535 5.7.8',
  '\r\n',
  '-',
  ' ',
  '999',
  '\u0000',
]
const now = new Date('2025-09-01T00:00:00Z')

/** What chats, webhooks and mail servers answer to an alert: an outcome, with a wait that can be kept. */
export async function start(): Promise<Fuzzing<{ type: string; answer: RawAnswer }>> {
  const server = await startRawServer()
  const { url, port } = server
  const config = channelsSchema.parse({
    webhook: { type: 'webhook', url },
    slack: { type: 'slack', url },
    slackbot: { type: 'slack', token: 'xoxb-1', channel: 'C1', baseUrl: url },
    discord: { type: 'discord', url },
    teams: { type: 'teams', url },
    telegram: { type: 'telegram', token: '1:abc', chat: '-1', baseUrl: url },
    matrix: { type: 'matrix', url, token: 't', room: '!a:b.example' },
    ntfy: { type: 'ntfy', url, topic: 'x' },
    gotify: { type: 'gotify', url, token: 't' },
    apprise: { type: 'apprise', url, key: 'k' },
    email: {
      type: 'email',
      host: '127.0.0.1',
      port,
      security: 'none',
      from: 'a@b.example',
      to: ['c@d.example'],
    },
  })
  const channels = new Map(
    Object.entries(config).map(([id, channel]) => [
      id,
      createChannel({ ...channel, id, timeout: 200 } as never, {
        output: { write: () => true },
        width: () => 80,
      }),
    ]),
  )
  const chat = fc.record({
    type: fc.constantFrom(...[...channels.keys()].filter((id) => id !== 'email')),
    answer: answers(fc.oneof(mutated(bodies, scraps), wildText).map((text) => Buffer.from(text))),
  })
  const mail = mutated(
    ['220 hi\r\n250-x\r\n250 SIZE 1\r\n250 OK\r\n250 OK\r\n354 go\r\n250 taken\r\n221 bye\r\n'],
    mailScraps,
  ).map((text) => ({
    type: 'email',
    answer: { bytes: Buffer.from(text, 'latin1'), ends: true },
  }))
  const message = messageOf(alertSamples['status-changed'])
  return {
    shortRuns: 20,
    inputs: fc.oneof({ weight: 9, arbitrary: chat }, { weight: 1, arbitrary: mail }),
    async check({ type, answer }) {
      server.answer = answer
      const signal = AbortSignal.timeout(2000)
      const outcome = await channels.get(type)?.send(message, {
        idempotencyKey: '0b3f3c0e-0000-4000-8000-000000000001',
        signal,
        attempt: 1,
        now,
        actions: () => [],
      })
      if (outcome === undefined) throw new Error(`there is no channel ${type}`)
      const said = outcome.kind === 'sent' ? outcome.detail : outcome.reason
      if (said.length > 2000) throw new Error(`${said.length} characters of an answer are told`)
      if (outcome.kind !== 'retry') return
      const wait = waitAfter(1, outcome.retryAfterMs, () => 0.5)
      // as the database is told
      new Date(now.getTime() + wait).toISOString()
    },
    async close() {
      for (const channel of channels.values()) await channel.close?.()
      await server.close()
    },
  }
}
