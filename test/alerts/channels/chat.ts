import type { ServerResponse } from 'node:http'
import { Ajv, type AnySchema } from 'ajv'
import { expect, onTestFinished } from 'vitest'
import type { Channel, SendOptions } from '../../../src/alerts/channels/channel.ts'
import { messageOf, type Message } from '../../../src/alerts/message.ts'
import { hostileAlert } from '../hostile.ts'
import { flood, messageSamples, sampleActions } from '../sample-messages.ts'
import { alertSamples } from '../sample.ts'
import { startReceiver } from './receiver.ts'

/** A server on loopback that ends with the test. */
export async function receiver(answer: (response: ServerResponse, nth: number) => void) {
  const started = await startReceiver(answer)
  // not by a hook of this file: it is loaded once a process, and only the first test file that imports it would have that
  onTestFinished(started.close)
  return { ...started, origin: new URL(started.url).origin }
}

/** A server that answers always the same. */
export function answering(code: number, body: unknown, headers: Record<string, string> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return receiver((response) => response.writeHead(code, headers).end(text))
}

/** What a channel is told beside the message. */
export function sending(over: Partial<SendOptions> = {}): SendOptions {
  return {
    idempotencyKey: '0b3f3c0e-0000-4000-8000-000000000001',
    signal: new AbortController().signal,
    attempt: 1,
    now: new Date('2025-06-11T00:00:00Z'),
    actions: sampleActions,
    ...over,
  }
}

/** A dispute in which two outlets say the contrary of each other. */
export const dispute: Message = messageOf({
  ...alertSamples.disputed,
  evidence: [
    ...alertSamples.disputed.evidence,
    {
      quote: 'The model is on time and comes in June.',
      outlet: 'theverge.com',
      url: 'https://www.theverge.com/on-time',
      claimedAt: new Date('2025-06-10T18:00:00Z'),
      certainty: 'reported',
    },
  ],
})

/** Messages that no service may refuse: each kind, groups, digests, floods, hostile words; each with its name. */
export const everyMessage: readonly (readonly [string, Message])[] = [
  ...messageSamples,
  ['a dispute of two', dispute],
  ['a group of 30', flood(30)],
  ['a flood of 300', flood(300)],
  ['hostile words', messageOf(hostileAlert)],
  ['hostile words in a group', { alerts: [hostileAlert, ...flood(3).alerts], digest: null }],
]

/** Posts a message and gives what came, checked against the schema that the service documents. */
export async function posted(
  message: Message,
  schema: AnySchema,
  channelTo: (origin: string) => Channel,
  answer: unknown,
): Promise<unknown> {
  const { origin, received } = await answering(200, answer)
  expect(await channelTo(origin).send(message, sending())).toMatchObject({ kind: 'sent' })
  expect(received).toHaveLength(1)
  const [request] = received
  expect(request).toMatchObject({
    method: 'POST',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'idempotency-key': '0b3f3c0e-0000-4000-8000-000000000001',
    },
  })
  const body: unknown = JSON.parse(request?.body ?? '')
  expectValid(body, schema)
  return body
}

const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true })
const compiled = new Map<AnySchema, ReturnType<typeof ajv.compile>>()

/** Fails with all that a JSON schema finds wrong. */
export function expectValid(body: unknown, schema: AnySchema): void {
  const validate = compiled.get(schema) ?? ajv.compile(schema)
  compiled.set(schema, validate)
  if (!validate(body)) throw new Error(`${ajv.errorsText(validate.errors)}\n${JSON.stringify(body, null, 1)}`)
}
