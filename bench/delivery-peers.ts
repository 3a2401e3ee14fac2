// Serves feeds and receives webhooks on loopback in a process of its own, and notes when the bytes of each feed went out and
// when each webhook came in. Started by bench/deliver.ts with the numbers of feeds and of hooks as arguments.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import {
  nowMs,
  type Accepted,
  type HookManner,
  type PeerReport,
  type PeerRequest,
} from './delivery-report.ts'

/** What the feed with a number says: one entry that answers one question. */
const feedBody = (feed: number): string => `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>Acme ${feed}</title><link>https://acme${feed}.com/</link>
<description>News</description><item><title>Acme${feed} releases Zeppelin ${feed}</title>
<link>https://acme${feed}.com/news</link><guid isPermaLink="false">${feed}</guid>
<pubDate>${new Date().toUTCString()}</pubDate>
<description>Acme${feed} releases Zeppelin ${feed} today.</description></item></channel></rss>`

const [feeds = 0, hooks = 0, hosts = 1] = process.argv.slice(2).map(Number)
const served: (number | null)[] = Array.from({ length: feeds }, () => null)
const accepted: Accepted[] = []
const manners: HookManner[] = Array.from({ length: hooks }, () => ({ status: 204 }))

const serve = (request: IncomingMessage, response: ServerResponse): void => {
  const feed = Number(/^\/feed\/(\d+)$/.exec(request.url ?? '')?.[1] ?? -1)
  response.writeHead(200, { 'content-type': 'application/rss+xml; charset=utf-8' })
  response.end(feedBody(feed), () => (served[feed] ??= nowMs()))
}

const receive = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const hook = Number(/^\/hook\/(\d+)$/.exec(request.url ?? '')?.[1] ?? -1)
  const body = await text(request)
  const came = nowMs()
  const manner = manners[hook] ?? { status: 404 }
  if (manner.delayMs !== undefined) await new Promise((resolve) => setTimeout(resolve, manner.delayMs))
  if (manner.status === 0) {
    request.socket.destroy()
    return
  }
  const headers = manner.retryAfter === undefined ? {} : { 'retry-after': String(manner.retryAfter) }
  response.writeHead(manner.status, headers).end()
  if (manner.status !== 204) return
  const feed = Number(/Zeppelin (\d+)/.exec(body)?.[1] ?? -1)
  accepted.push({ hook, key: String(request.headers['webhook-id']), feed, at: came })
}

const listen = (answer: (request: IncomingMessage, response: ServerResponse) => unknown): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer({ keepAliveTimeout: 60_000 }, answer).once('error', reject)
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })

process.once('disconnect', () => process.exit(0))
process.on('message', (request: PeerRequest) => {
  if (request.do === 'manner') manners[request.hook] = request.manner
  else process.send?.({ served, accepted } satisfies PeerReport)
})
const feedPorts = await Promise.all(Array.from({ length: hosts }, () => listen(serve)))
process.send?.({ feedPorts, hookPort: await listen((request, response) => void receive(request, response)) })
