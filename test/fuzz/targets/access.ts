import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { hashPassword } from '../../../src/pipeline/password-hash.ts'
import { storePassword } from '../../../src/store/settings.ts'
import { cheap } from '../../web/access-server.ts'
import { mutated, nasty, wildText } from '../mutate.ts'
import type { Fuzzing, FuzzTools } from '../target.ts'
import { throwFirst, openWorld, type World } from '../world.ts'

interface Visit {
  readonly route: number
  readonly method: string
  readonly path: string
  readonly headers: readonly (readonly [string, string])[]
  readonly body: string
}

const names = [
  'cookie',
  'authorization',
  'host',
  'origin',
  'sec-fetch-site',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-http-method-override',
  'referer',
  'accept',
  'content-type',
  'content-length',
  'transfer-encoding',
  'connection',
  'upgrade',
  'expect',
]
const values = [
  'openwatch=x',
  '__Host-openwatch=x',
  'Bearer ow_',
  `Bearer ow_${'a'.repeat(43)}`,
  'Basic YTpi',
  'localhost',
  '127.0.0.1',
  'evil.example',
  'same-origin',
  'none',
  'GET',
  '0',
  '5',
  'chunked',
  'application/json',
  'text/html',
  'application/x-www-form-urlencoded',
  '100-continue',
  'h2c',
]

/** Strangers without a password, at a real socket: nothing that needs a right is given or done, and the server stays up. */
export async function start(tools: FuzzTools): Promise<Fuzzing<Visit>> {
  const world = await openWorld(tools)
  await storePassword(world.system.db.pool, await hashPassword('four random words here', { cost: cheap }))
  await world.app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = world.app.server.address() as AddressInfo
  // the programs of this machine may read the metrics
  const guarded = world.routes.filter(({ url, config }) => needs(config) !== 'nothing' && url !== '/metrics')
  const value = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...values) },
    fc.constantFrom(...nasty),
    wildText,
  )
  return {
    mostMs: 3000,
    shortRuns: 10,
    inputs: fc.record({
      route: fc.nat(guarded.length - 1),
      method: fc.oneof(
        { weight: 9, arbitrary: fc.constant('') },
        fc.constantFrom('HEAD', 'TRACE', 'PUT', 'X'),
        wildText,
      ),
      path: fc.oneof(
        { weight: 3, arbitrary: fc.constant('') },
        mutated(['', '/', '?token=ow_x', '//', '/%2e%2e/', ';x', '#']),
      ),
      headers: fc.array(
        fc.tuple(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...names) }, wildText), value),
        { maxLength: 5 },
      ),
      body: fc.oneof(
        { weight: 2, arbitrary: fc.constant('') },
        fc.constantFrom('password=x', 'a=b', '{}'),
        wildText,
      ),
    }),
    async check({ route, method, path, headers, body }) {
      const at = guarded[route]
      if (at === undefined) return
      const url = at.url.replaceAll(/:\w+|\*/g, 'falcon')
      const lines = headers.map(([name, text]) => `${name}: ${text}\r\n`).join('')
      const verb = method === '' ? ([at.method].flat()[0] ?? 'GET') : method
      const bytes = Buffer.from(
        `${verb} ${url}${path} HTTP/1.1\r\nhost: localhost\r\n${lines}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      )
      expectRefused(await answerTo(port, bytes), url, world)
    },
    close: () => world.close(),
  }
}

function needs(config: unknown): unknown {
  return (config as { needs?: unknown } | undefined)?.needs
}

/** All that a server says until it is silent for a moment, or hangs up. */
function answerTo(port: number, bytes: Buffer): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    const end = () => {
      socket.destroy()
      resolve(Buffer.concat(chunks).toString('latin1'))
    }
    socket.setTimeout(1000, end)
    socket.on('data', (chunk) => {
      chunks.push(chunk)
      socket.setTimeout(30, end)
    })
    socket.on('error', end).on('close', end)
  })
}

/** What pages and answers show to those who may see them. */
const inside = /Falcon 3|acme\.com|"data":\[/

function expectRefused(answer: string, url: string, { faults }: World): void {
  throwFirst(faults)
  if (/^HTTP\/1\.1 5(?!03)\d\d/m.test(answer)) throw new Error(`${answer.slice(0, 12)} for ${url}`)
  if (inside.test(answer)) throw new Error(`a stranger sees what is behind ${url}`)
}
