import fc from 'fast-check'
import { expect } from 'vitest'
import { startApi, type ApiServer, type Method } from '../../web/api/api-server.ts'
import { addressFor, mostly, operationsOf, valueFor, type Schema } from '../../web/api/hostile-requests.ts'
import { mutated, wildText } from '../mutate.ts'
import type { Fuzzing, FuzzTools } from '../target.ts'
import { throwFirst, openWorld, renewing } from '../world.ts'

interface ApiRequest {
  readonly method: Method
  readonly address: string
  readonly body: string | undefined
  readonly headers: Readonly<Record<string, string>>
}

const cursor = Buffer.from('["entries","2025-08-05T10:00:00Z","1"]').toString('base64url')
const headerValue = fc.oneof(
  fc.constantFrom(
    'application/json',
    'text/xml',
    '"x"',
    '*',
    'W/"1"',
    '0b3f3c0e-0000-4000-8000-000000000001',
    'Bearer ow_x',
    'gzip',
  ),
  wildText.map((text) => text.replaceAll(/[^\t\u0020-\u007e\u0080-\u00ff]/g, '').slice(0, 2000)),
)
const headers = fc.dictionary(
  fc.constantFrom(
    'content-type',
    'accept',
    'if-none-match',
    'if-match',
    'idempotency-key',
    'authorization',
    'x-forwarded-for',
    'range',
    'origin',
    'cookie',
  ),
  headerValue,
  { maxKeys: 3 },
)

/** Every operation of the OpenAPI document: paths, queries, cursors, headers, bodies that fit, nearly fit, and do not. */
export async function start(tools: FuzzTools): Promise<Fuzzing<ApiRequest>> {
  const worlds = await renewing(async () => {
    const world = await openWorld(tools)
    const api = await startApi(world.system)
    return {
      api,
      async close() {
        await api.close()
        await world.close()
      },
    }
  }, 500)
  const { document } = worlds.first.api
  const requests = operationsOf(document)
    // these wait for other machines
    .filter(([path]) => !path.includes('look-up'))
    .map(([path, method, operation]) => {
      const schema = operation.requestBody?.content['application/json']?.schema as Schema | undefined
      const json =
        schema === undefined
          ? fc.constant(undefined)
          : mostly(valueFor(schema, document)).map((value) => JSON.stringify(value))
      const body =
        schema === undefined
          ? json
          : fc.oneof({ weight: 6, arbitrary: json }, mutated(['{"question":"Q?","subject":["S"]}']))
      const address = fc.oneof(
        { weight: 5, arbitrary: addressFor(path, operation, document) },
        fc
          .tuple(addressFor(path, operation, document), mutated([cursor]))
          .map(
            ([to, other]) =>
              `${to}${to.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(other.toWellFormed())}`,
          ),
      )
      return fc.record({
        method: fc.constant(method.toUpperCase() as Method),
        ...{ address, body },
        headers: fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, headers),
      })
    })
  return {
    mostMs: 4000,
    shortRuns: 10,
    inputs: fc.oneof(...requests),
    async check({ method, address, body, headers: more }) {
      const { api } = await worlds.next()
      const answer = await api.ask(method, address.replace('/api/v1', ''), {
        headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...more },
        ...(body !== undefined && { payload: body }),
      })
      expectAnswer(api, answer)
    },
    close: worlds.close,
  }
}

/** No fault of ours, and what is refused is told as a problem. (That it is as the document says, `ask` has checked.) */
function expectAnswer(
  { faults }: ApiServer,
  answer: { statusCode: number; headers: Record<string, unknown>; body: string },
): void {
  throwFirst(faults)
  expect(answer.statusCode).toBeLessThan(500)
  if (answer.statusCode < 400) return
  expect(String(answer.headers['content-type'])).toMatch(/^application\/problem\+json/)
  expect(JSON.parse(answer.body)).toMatchObject({ status: answer.statusCode })
}
