import { createServer, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { wildText } from './mutate.ts'

/** A server on loopback that answers every request with the same bytes, whether they are HTTP or not. */
export interface RawServer {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string
  readonly port: number
  /** Sent once something came in. */
  answer: RawAnswer
  close(): Promise<void>
}

export interface RawAnswer {
  readonly bytes: Buffer
  /** Whether the connection is ended behind them; it is left open else, as if there was more to come. */
  readonly ends: boolean
}

export async function startRawServer(): Promise<RawServer> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy())
    socket.once('data', () => {
      const { bytes, ends } = raw.answer
      if (ends) socket.end(bytes)
      else socket.write(bytes)
      socket.resume()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const raw: RawServer = {
    port,
    url: `http://127.0.0.1:${port}`,
    answer: { bytes: Buffer.alloc(0), ends: true },
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return raw
}

/** No address of another machine may come of it: what leads elsewhere is of a kind that nobody asks. */
const places = [
  '/',
  '/next',
  '?',
  '#',
  '//',
  'http://[',
  'file:///etc/passwd',
  'http://10.0.0.1/',
  'http://169.254.169.254/x',
  'javascript:x',
  '',
]
const location = fc.oneof(
  fc.constantFrom(...places),
  wildText.map((text) => `/a${text}`),
)

const headers: fc.Arbitrary<string> = fc.oneof(
  location.map((place) => `location: ${place}`),
  fc.constantFrom(
    ...[
      'content-type: text/xml; charset=utf-16',
      'content-type: text/html',
      'content-type: application/json',
      'etag: "x"',
      'etag: W/"',
      'link: </h>; rel=hub',
    ],
    ...[
      'content-encoding: gzip',
      'content-encoding: br',
      'content-encoding: deflate',
      'content-encoding: gzip, gzip, br',
      'content-encoding: zstd',
    ],
    ...[
      'content-length: 10',
      'content-length: -1',
      'content-length: 99999999999',
      'content-length: 1, 2',
      'transfer-encoding: chunked',
      'transfer-encoding: x',
    ],
    ...[
      'retry-after: 99999999999999999999999',
      'retry-after: Fri, 31 Dec 9999 23:59:59 GMT',
      'retry-after: -5',
      'connection: upgrade',
      'trailer: x',
    ],
    ...[
      'last-modified: never',
      'cache-control: max-age=99999999999',
      'expires: 0',
      'date: x',
      'set-cookie: a=b',
      'content-location: http://[',
    ],
    ...[' folded', ': no name', 'no colon', 'x: \u0000', 'x: \u00ff', `x: ${'y'.repeat(20_000)}`],
  ),
  fc
    .tuple(fc.constantFrom('retry-after', 'content-type', 'etag', 'link', 'cache-control', 'x'), wildText)
    .map(([name, value]) => `${name}: ${value}`),
)

const statusLine = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .constantFrom(200, 200, 201, 204, 206, 301, 302, 304, 307, 308, 400, 401, 404, 410, 413, 429, 500, 503)
      .map((code) => `HTTP/1.1 ${code} X`),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK',
      'HTTP/1.0 200',
      'HTTP/2 200 OK',
      'HTTP/1.1 999 X',
      'HTTP/1.1 0 X',
      'ICY 200 OK',
      '',
    ),
  },
  { weight: 1, arbitrary: wildText },
)

/** Answers of servers: mostly HTTP, with any body. `coding` packs a body as its header says. */
export function answers(bodies: fc.Arbitrary<Uint8Array>): fc.Arbitrary<RawAnswer> {
  return fc
    .record({
      status: statusLine,
      headers: fc.array(headers, { maxLength: 5 }),
      body: bodies,
      chunked: fc.boolean(),
      ends: fc.integer({ min: 0, max: 19 }),
    })
    .map(({ status, headers: lines, body, chunked, ends }) => ({
      bytes: Buffer.concat([
        Buffer.from(
          `${[status, ...lines, ...(chunked ? ['transfer-encoding: chunked'] : [])].join('\r\n')}\r\n\r\n`,
          'latin1',
        ),
        ...(chunked
          ? [Buffer.from(`${body.byteLength.toString(16)}\r\n`), body, Buffer.from('\r\n0\r\n\r\n')]
          : [body]),
      ]),
      // a connection that is left open costs the time that a timeout takes
      ends: ends > 0,
    }))
}
