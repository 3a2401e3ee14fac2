import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a hub was asked for. */
interface HubRequest {
  readonly path: string
  readonly mode: string
  readonly topic: string
  readonly callback: string
  readonly secret: string | undefined
  readonly contentType: string | undefined
}

/** How the hub behaves from now on. */
interface HubManners {
  /** What a request is answered with: 202 as a rule, a redirect where `location` is given. */
  status: number
  location?: string
  body?: string
  headers?: Record<string, string>
  /** Whether intent is verified; as a rule it is, before the answer. */
  verifies: boolean
  leaseSeconds: number | null
}

/** A hub on loopback, as the W3C recommendation describes it. */
export interface HubServer {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string
  readonly requests: HubRequest[]
  /** What callbacks answered to verifications. */
  readonly verified: { readonly status: number; readonly body: string; readonly challenge: string }[]
  manners: HubManners
  /** Says no to the last request. */
  deny(reason?: string): Promise<number>
  /** Sends content to the callback of the last request, signed with its secret, and gives the status. */
  deliver(body: string, options?: DeliverOptions): Promise<number>
  close(): Promise<void>
}

interface DeliverOptions {
  readonly method?: 'sha1' | 'sha256' | 'sha384' | 'sha512'
  /** Signs with this secret in place of the one agreed on; null: does not sign. */
  readonly secret?: string | null
  readonly contentType?: string
}

/** Starts it. */
export async function startHub(): Promise<HubServer> {
  const server = createServer((request, response) => void take(hub, request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const last = (): HubRequest => {
    const request = hub.requests.at(-1)
    if (request === undefined) throw new Error('the hub was not asked for anything')
    return request
  }
  const hub: HubServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: [],
    verified: [],
    manners: { status: 202, verifies: true, leaseSeconds: 3600 },
    deny: async (reason) =>
      (await call(last().callback, { mode: 'denied', topic: last().topic, reason })).status,
    async deliver(body, { method = 'sha256', secret, contentType = 'application/rss+xml' } = {}) {
      const key = secret === undefined ? (last().secret ?? '') : secret
      const signed = key === null ? null : createHmac(method, key).update(body).digest('hex')
      const answer = await fetch(last().callback, {
        method: 'POST',
        headers: {
          'content-type': contentType,
          link: `<${hub.url}/>; rel="hub", <${last().topic}>; rel="self"`,
          ...(signed !== null && { 'x-hub-signature': `${method}=${signed}` }),
        },
        body,
      })
      return answer.status
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return hub
}

async function take(hub: HubServer, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const form = new URLSearchParams(Buffer.concat(chunks).toString('utf8'))
  const asked = {
    path: incoming.url ?? '/',
    mode: form.get('hub.mode') ?? '',
    topic: form.get('hub.topic') ?? '',
    callback: form.get('hub.callback') ?? '',
    secret: form.get('hub.secret') ?? undefined,
    contentType: incoming.headers['content-type'],
  }
  const { status, location, body, verifies, headers } = hub.manners
  // a redirect leads to where the hub really is, and is not one of its own requests
  if (location !== undefined && asked.path === '/moved') {
    response.writeHead(status, { location }).end()
    return
  }
  hub.requests.push(asked)
  if (verifies) await verify(hub, asked)
  response.writeHead(location === undefined ? status : 202, headers).end(body)
}

async function verify(hub: HubServer, { mode, topic, callback }: HubRequest): Promise<void> {
  const challenge = `challenge-${hub.verified.length}`
  const lease = hub.manners.leaseSeconds
  const answer = await call(callback, {
    mode,
    topic,
    challenge,
    ...(lease !== null && { lease_seconds: String(lease) }),
  })
  hub.verified.push({ ...answer, challenge })
}

/** A hub's GET to a callback, with the given `hub.` parameters. */
export async function call(callback: string, parameters: Readonly<Record<string, string | undefined>>) {
  const url = new URL(callback)
  for (const [name, value] of Object.entries(parameters))
    if (value !== undefined) url.searchParams.append(`hub.${name}`, value)
  const answer = await fetch(url)
  return { status: answer.status, body: await answer.text(), type: answer.headers.get('content-type') }
}
