import type { RouteOptions } from 'fastify'
import fc from 'fast-check'
import type { InjectOptions } from 'fastify'
import { expectHarmless } from '../canary.ts'
import { mutated, nasty, wildText } from '../mutate.ts'
import type { Fuzzing, FuzzTools } from '../target.ts'
import { throwFirst, openWorld, renewing, type World } from '../world.ts'

/** Names of fields in forms and queries of pages. */
const fields = [
  ...[
    'do',
    'question',
    'subject',
    'context',
    'about',
    'official',
    'kind',
    'topic',
    'since',
    'id',
    'status',
    'expected',
    'feeds',
  ],
  ...[
    'what',
    'title',
    'outlet',
    'every',
    'selector',
    'unseen',
    'q',
    'query',
    'state',
    'page',
    'done',
    'channel',
    'url',
    'text',
    'from',
    'to',
  ],
  ...[
    'reason',
    'until',
    'days',
    'name',
    'scope',
    'expires',
    'password',
    'next',
    'old',
    'new',
    'again',
    'token',
    'cursor',
    'sort',
    'limit',
    'version',
    'v',
  ],
]
const known = [
  ...[
    '',
    'yes',
    'test',
    'poll',
    'pause',
    'resume',
    'remove',
    'preview',
    'retry',
    'all',
    'acknowledge',
    'snooze',
    'mute',
    'wrong',
    'restore',
    'open',
    'happened',
  ],
  ...[
    'release',
    'falcon',
    'Falcon 3',
    'When will Acme release Falcon 3?',
    '7d',
    '1',
    '2',
    '-1',
    '99999999999999999999',
    '2025-09-01',
    'stored',
    'now',
    'console',
  ],
  ...[
    'acme.com',
    'http://127.0.0.1:9/',
    'read',
    'write',
    'added',
    'Falcon AND (x OR',
    '((((',
    'a'.repeat(3000),
  ],
]
const value = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...known) },
  { weight: 1, arbitrary: fc.constantFrom(...nasty) },
  { weight: 1, arbitrary: wildText },
)
const form = fc.array(
  fc.tuple(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...fields) }, wildText), value),
  { maxLength: 8 },
)

const written = (pairs: readonly (readonly [string, string])[]) =>
  new URLSearchParams(pairs.map(([name, text]) => [name.toWellFormed(), text.toWellFormed()]))
    .toString()
    .slice(0, 12_000)

interface PageRequest {
  readonly route: number
  readonly params: readonly string[]
  readonly query: string
  readonly payload: string
  readonly headers: Readonly<Record<string, string>>
}

/** Lists of feeds as browsers send them. */
const upload = mutated(
  [
    '--x\r\ncontent-disposition: form-data; name="file"; filename="a.opml"\r\ncontent-type: text/xml\r\n\r\n<opml><body><outline text="A" xmlUrl="http://127.0.0.1:9/f"/></body></opml>\r\n--x--\r\n',
  ],
  [
    '--x',
    '\r\n',
    '--',
    'filename="',
    'name="',
    '\u0000',
    '"',
    ';',
    'content-disposition: ',
    '<outline xmlUrl="http://127.0.0.1:9/',
  ],
)

/** Every address that is no API's: pages, forms, feeds of changes, links in alerts; signed in, and nothing of it runs. */
export async function start(tools: FuzzTools): Promise<Fuzzing<PageRequest>> {
  const worlds = await renewing(() => openWorld(tools), 400)
  const { ids } = worlds.first
  // a stream of events does not end, and the API has a target of its own
  const served = worlds.first.routes.filter(({ url }) => !/^\/(?:api\/|events$|mcp$)/.test(url))
  const param = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...ids) }, wildText, mutated(ids))
  return {
    mostMs: 4000,
    shortRuns: 10,
    inputs: fc.record({
      route: fc.nat(served.length - 1),
      params: fc.array(param, { minLength: 2, maxLength: 2 }),
      query: fc.oneof({ weight: 6, arbitrary: form.map(written) }, mutated(['a=b&c[]=d&e=%20'])),
      payload: fc.oneof({ weight: 6, arbitrary: form.map(written) }, upload, wildText),
      headers: fc.oneof(
        { weight: 4, arbitrary: fc.constant({}) },
        fc.constantFrom<Record<string, string>[]>(
          { 'content-type': 'multipart/form-data; boundary=x' },
          { 'content-type': 'application/json' },
          { 'content-type': 'text/plain' },
          { accept: 'application/json' },
          { 'sec-fetch-site': 'cross-site' },
          { 'if-none-match': '*', 'if-modified-since': 'never' },
        ),
      ),
    }),
    async check(request) {
      const world = await worlds.next()
      const route = served[request.route]
      if (route !== undefined) await ask(world, route, request)
    },
    close: worlds.close,
  }
}

async function ask(
  world: World,
  route: RouteOptions,
  { params, query, payload, headers }: PageRequest,
): Promise<void> {
  let at = 0
  const path = route.url.replaceAll(
    /:\w+|\*/g,
    () => encodeURIComponent((params[at++] ?? 'x').slice(0, 2000).toWellFormed()) || 'x',
  )
  const method = [route.method].flat()[0] ?? 'GET'
  const options: InjectOptions = {
    method,
    url: query === '' ? path : `${path}?${encodeURI(query.toWellFormed())}`,
    headers: {
      ...{ host: 'localhost:8484', accept: 'text/html', 'sec-fetch-site': 'same-origin' },
      ...(method === 'POST' && { 'content-type': 'application/x-www-form-urlencoded' }),
      ...headers,
    },
    ...(method === 'POST' && { payload }),
  }
  const answer = await world.app.inject(options)
  const what = `${method} ${route.url}`
  throwFirst(world.faults)
  if (answer.statusCode >= 500) throw new Error(`${answer.statusCode} for ${what}`)
  const type = String(answer.headers['content-type'] ?? '')
  if (type.startsWith('text/html')) expectHarmless(answer.body, what)
  if (method !== 'HEAD' && /^application\/(?:json|problem\+json|feed\+json)/.test(type))
    JSON.parse(answer.body)
  const { location } = answer.headers
  if (location !== undefined && new URL(location, 'http://localhost:8484').host !== 'localhost:8484')
    throw new Error(`${what} leads to another site`)
}
