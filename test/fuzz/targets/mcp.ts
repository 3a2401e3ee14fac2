import fc from 'fast-check'
import { mostly, valueFor, type Schema } from '../../web/api/hostile-requests.ts'
import type { OpenApi } from '../../web/api/api-server.ts'
import { mutated, scrapHeap, wildText } from '../mutate.ts'
import type { Fuzzing, FuzzTools } from '../target.ts'
import { throwFirst, openWorld, renewing, type World } from '../world.ts'

const noDocument = { openapi: '', paths: {}, components: { schemas: {} } } satisfies OpenApi
const sample =
  '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"question_status","arguments":{"id":"falcon"}}}'
const scraps = [
  '{',
  '}',
  '[',
  ']',
  '"',
  ':',
  ',',
  'null',
  '1e999',
  '"method":',
  '"params":',
  '"id":',
  'tools/list',
  'resources/read',
  'prompts/get',
  'initialize',
  'ping',
  '\\u0000',
  '"__proto__":',
]

interface Tool {
  readonly name: string
  readonly inputSchema: Schema
}

async function send(world: World, payload: string) {
  const headers = {
    host: 'localhost:8484',
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
  }
  return world.app.inject({ method: 'POST', url: '/mcp', payload, headers })
}

const message = (method: string, params: unknown) => JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })

/** Messages of assistants: tools with arguments that fit, nearly fit, and do not; resources, prompts, and what is no message. */
export async function start(tools: FuzzTools): Promise<Fuzzing<string>> {
  const worlds = await renewing(() => openWorld(tools), 300)
  const listed = await send(worlds.first, message('tools/list', {}))
  const json = listed.body.startsWith('{') ? listed.body : (/^data: (.*)$/m.exec(listed.body)?.[1] ?? '{}')
  const known = (JSON.parse(json) as { result?: { tools?: readonly Tool[] } }).result?.tools ?? []
  if (known.length === 0) throw new Error(`no tools are listed: ${listed.body.slice(0, 300)}`)
  const calls = known.map(({ name, inputSchema }) =>
    mostly(valueFor(inputSchema, noDocument)).map((args) => message('tools/call', { name, arguments: args })),
  )
  return {
    mostMs: 4000,
    shortRuns: 10,
    inputs: fc.oneof(
      { weight: 6, arbitrary: fc.oneof(...calls) },
      { weight: 1, arbitrary: mutated([sample], scraps) },
      { weight: 1, arbitrary: scrapHeap(scraps, 20) },
      {
        weight: 1,
        arbitrary: wildText.map((uri) => message('resources/read', { uri: `openwatch://${uri}` })),
      },
      {
        weight: 1,
        arbitrary: fc
          .tuple(
            fc.constantFrom('prompts/get', 'resources/list', 'completion/complete', 'initialize', 'x'),
            fc.jsonValue(),
          )
          .map(([method, params]) => message(method, params)),
      },
    ),
    async check(payload) {
      const world = await worlds.next()
      const answer = await send(world, payload)
      throwFirst(world.faults)
      if (answer.statusCode >= 500) throw new Error(`${answer.statusCode} for a message`)
      expectMarked(answer.body, payload)
    },
    close: worlds.close,
  }
}

/** What strangers wrote stands between its marks; only what was asked with comes back outside of them. */
function expectMarked(body: string, payload: string): void {
  if (payload.includes('xss-canary') || payload.includes('\\u')) return
  const outside = body.replaceAll(/<untrusted-quote [^>]*>[^<]*<\/untrusted-quote>/g, '')
  if (outside.includes('<xss-canary')) throw new Error('a quote of a stranger stands outside of its marks')
  if (/at \S+ \(.*\.[jt]sx?:\d+/.test(body)) throw new Error('an answer holds a stack')
}
