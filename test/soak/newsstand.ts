import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { seeded } from '../torture/world.ts'
import { feedStory, type Answer } from './feed-story.ts'

/** All feeds of a soak, on several hosts (ports of loopback). */
export interface Newsstand {
  readonly urls: readonly string[]
  /** Requests that were answered. */
  readonly requests: () => number
  close(): Promise<void>
}

export interface NewsstandOptions {
  readonly seed: number
  readonly feeds: number
  readonly hosts: number
  /** Folder with feed files of the real world, each shown for some days; null without one. */
  readonly realFeeds: string | null
  /** The world's time in milliseconds. */
  readonly now: () => number
}

/** Days of the world's time that a real file is shown. */
const shownDays = 3
const realShelves = 12
const dayMs = 86_400_000

/** Opens the newsstand. */
export async function openNewsstand({
  seed,
  feeds,
  hosts,
  realFeeds,
  now,
}: NewsstandOptions): Promise<Newsstand> {
  const stories = Array.from({ length: feeds }, (_, n) => feedStory(n, feeds, seeded(seed + n)))
  const files = realFeeds === null ? [] : await filesBelow(realFeeds)
  const shelves = Math.min(realShelves, files.length)
  let requests = 0

  async function answer(path: string, known: string | undefined, response: ServerResponse): Promise<void> {
    requests++
    const [, shelf, name] = path.split('/')
    const number = Number(name)
    if (shelf === 'real') {
      const file = files[(Math.floor(now() / dayMs / shownDays) * shelves + number) % files.length]
      const body = file === undefined ? '' : await readFile(file)
      send({ body, type: 'application/xml' }, known, response)
    } else if (shelf === 'moved') send({ body: textOf(number) ?? '', type: 'text/xml' }, known, response)
    else tell(stories[number]?.at(now()) ?? { kind: 'broken' }, { number, known, response })
  }

  function textOf(number: number): string | null {
    const told = stories[number]?.at(now())
    return told?.kind === 'document' ? told.text : null
  }

  const servers = await Promise.all(
    Array.from({ length: hosts }, async () => {
      const server = createServer((request, response) => {
        answer(request.url ?? '', request.headers['if-none-match'], response).catch(() => response.destroy())
      })
      server.listen(0, '127.0.0.1')
      await once(server, 'listening')
      return { server, port: (server.address() as AddressInfo).port }
    }),
  )
  const url = (path: string, n: number) => `http://127.0.0.1:${servers[n % hosts]?.port ?? 0}/${path}/${n}`
  return {
    urls: [
      ...stories.map((_, n) => url('story', n)),
      ...Array.from({ length: shelves }, (_, n) => url('real', n)),
    ],
    requests: () => requests,
    async close() {
      for (const { server } of servers) {
        server.closeAllConnections()
        server.close()
      }
      await Promise.all(servers.map(({ server }) => once(server, 'close').catch(() => null)))
    },
  }
}

interface Asked {
  readonly number: number
  readonly known: string | undefined
  readonly response: ServerResponse
}

function tell(answer: Answer, { number, known, response }: Asked): void {
  switch (answer.kind) {
    case 'document':
      send({ body: answer.text, type: 'application/rss+xml' }, known, response)
      return
    case 'elsewhere':
      response.writeHead(302, { location: `/moved/${number}` }).end()
      return
    case 'refused':
      response.writeHead(answer.status, answer.status === 429 ? { 'retry-after': '3600' } : {}).end()
      return
    case 'nonsense':
      send(
        { body: '<!doctype html><title>Maintenance</title><p>Back soon', type: 'text/html' },
        known,
        response,
      )
      return
    case 'broken':
      response.writeHead(200, { 'content-type': 'application/rss+xml', 'content-length': 5000 })
      response.write('<?xml version="1.0"?><rss><channel><item>')
      setTimeout(() => response.destroy(), 5)
  }
}

function send(
  { body, type }: { readonly body: string | Buffer; readonly type: string },
  known: string | undefined,
  response: ServerResponse,
): void {
  const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"`
  if (known === etag) response.writeHead(304, { etag }).end()
  else response.writeHead(200, { 'content-type': type, etag }).end(body)
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}
