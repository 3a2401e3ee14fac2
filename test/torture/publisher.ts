import { createServer, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createHash } from 'node:crypto'
import { rss } from '../support/feed-text.ts'
import type { Publication } from './world.ts'

/** The feeds of the world, on several hosts (ports of loopback). */
export interface Publisher {
  readonly urlOf: (feed: number) => string
  publish(publications: readonly Publication[]): void
  /** From now on answers break off in the middle, or connections are refused a word; until `mend`. */
  breakOff(): void
  mend(): void
  /** Most requests that were under way at one host at a time, of those that were served in full. */
  readonly mostAtOnce: () => number
  close(): Promise<void>
}

/** Starts the hosts. `delayMs`: how long an answer takes. */
export async function startPublisher(
  feeds: number,
  hosts: number,
  delayMs: () => number,
): Promise<Publisher> {
  const entries = Array.from({ length: feeds }, () => new Map<string, Publication>())
  const texts: (string | null)[] = entries.map(() => null)
  let broken = false
  let most = 0
  const textOf = (feed: number) =>
    (texts[feed] ??= rss([...(entries[feed]?.values() ?? [])].toReversed(), `Feed ${feed}`))

  function answer(path: string, known: string | undefined, response: ServerResponse): void {
    const text = textOf(Number(path.slice('/feed'.length)))
    const etag = `"${createHash('sha256').update(text).digest('hex').slice(0, 16)}"`
    if (broken) {
      response.writeHead(200, {
        'content-type': 'application/xml',
        'content-length': Buffer.byteLength(text),
      })
      response.write(text.slice(0, text.length / 2))
      setTimeout(() => response.destroy(), 20)
    } else if (known === etag) response.writeHead(304, { etag }).end()
    else response.writeHead(200, { 'content-type': 'application/xml', etag }).end(text)
  }

  const servers = await Promise.all(
    Array.from({ length: hosts }, async () => {
      let underWay = 0
      const server = createServer((request, response) => {
        underWay += 1
        most = Math.max(most, underWay)
        response.once('close', () => (underWay -= 1))
        setTimeout(() => answer(request.url ?? '', request.headers['if-none-match'], response), delayMs())
      })
      server.listen(0, '127.0.0.1')
      await once(server, 'listening')
      return { server, port: (server.address() as AddressInfo).port }
    }),
  )
  return {
    urlOf: (feed) => `http://127.0.0.1:${servers[feed % hosts]?.port ?? 0}/feed${feed}`,
    publish(publications) {
      for (const one of publications) {
        entries[one.feed]?.set(one.id, one)
        texts[one.feed] = null
      }
    },
    breakOff() {
      broken = true
      for (const { server } of servers) server.closeAllConnections()
    },
    mend: () => void (broken = false),
    mostAtOnce: () => most,
    async close() {
      for (const { server } of servers) {
        server.closeAllConnections()
        server.close()
      }
      await Promise.all(servers.map(({ server }) => once(server, 'close').catch(() => null)))
    },
  }
}
