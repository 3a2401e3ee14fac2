import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What the server answers at a path. */
interface FeedAnswer {
  readonly body?: string | Uint8Array
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as `ETag` and honoured: a request that carries it gets 304. */
  readonly etag?: string
  /** Sent as `Last-Modified` and honoured likewise. */
  readonly lastModified?: string
  /** Milliseconds to wait before answering. */
  readonly delayMs?: number
}

interface FeedRequest {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly at: Date
}

export interface FeedServer {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string
  /** Sets what a path answers from now on; a function is asked for each request. */
  set(path: string, answer: FeedAnswer | ((request: FeedRequest) => FeedAnswer)): void
  /** Everything that was asked, in order; may be emptied. */
  readonly requests: FeedRequest[]
  close(): Promise<void>
}

function send(response: ServerResponse, request: FeedRequest, answer: FeedAnswer): void {
  const headers: Record<string, string> = { 'content-type': 'application/xml', ...answer.headers }
  if (answer.etag !== undefined) headers['etag'] = answer.etag
  if (answer.lastModified !== undefined) headers['last-modified'] = answer.lastModified
  const known =
    (answer.etag !== undefined && request.headers['if-none-match'] === answer.etag) ||
    (answer.lastModified !== undefined && request.headers['if-modified-since'] === answer.lastModified)
  if (known && answer.status === undefined) response.writeHead(304, headers).end()
  else response.writeHead(answer.status ?? 200, headers).end(answer.body ?? '')
}

/** A feed server on loopback for tests. Paths that were not set answer 404. */
export async function startFeedServer(): Promise<FeedServer> {
  const answers = new Map<string, FeedAnswer | ((request: FeedRequest) => FeedAnswer)>()
  const requests: FeedRequest[] = []
  const server = createServer((incoming, response) => {
    const request = { path: incoming.url ?? '/', headers: incoming.headers, at: new Date() }
    requests.push(request)
    const found = answers.get(request.path) ?? { status: 404, body: 'nothing here' }
    const answer = typeof found === 'function' ? found(request) : found
    if (answer.delayMs === undefined) send(response, request, answer)
    else setTimeout(() => send(response, request, answer), answer.delayMs)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    set: (path, answer) => void answers.set(path, answer),
    requests,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
