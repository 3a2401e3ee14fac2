import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'
import type { Clock } from '../pipeline/clock.ts'

const historySchema = z.looseObject({ items: z.array(z.looseObject({ date_published: z.string() })) })

/** An item of a JSON Feed as it stands in a file, with its time. */
export interface DemoEntry {
  readonly publishedAt: Date
  readonly item: Readonly<Record<string, unknown>>
}

/** The entries of JSON Feed files in order of publication. Throws where a file is no such feed. */
export async function demoEntries(files: readonly string[]): Promise<DemoEntry[]> {
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')))
  return texts
    .flatMap((text) => historySchema.parse(JSON.parse(text)).items)
    .map((item) => ({ publishedAt: new Date(item.date_published), item }))
    .sort((a, b) => a.publishedAt.getTime() - b.publishedAt.getTime())
}

/** A feed on this machine that publishes entries when their time has come. */
export interface DemoFeed {
  readonly url: string
  /** Whether the whole feed was fetched, and asked for again: then what the first poll found is recorded. */
  isRead(): boolean
  close(): Promise<void>
}

/** Serves, on a free port of the loopback, the entries that are published by `clock`. */
export async function startDemoFeed(entries: readonly DemoEntry[], clock: Clock): Promise<DemoFeed> {
  let fetchesOfAll = 0
  const server = createServer((request, response) => {
    const now = clock.now()
    const published = entries.filter((entry) => entry.publishedAt <= now)
    if (published.length === entries.length) fetchesOfAll += 1
    const body = feedBody(published)
    const etag = `"${createHash('sha256').update(body).digest('base64url')}"`
    if (request.headers['if-none-match'] === etag) response.writeHead(304, { etag }).end()
    else response.writeHead(200, { etag, 'content-type': 'application/feed+json' }).end(body)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed.json`,
    isRead: () => fetchesOfAll > 1,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function feedBody(published: readonly DemoEntry[]): string {
  const items = published.map((entry) => entry.item).toReversed()
  return JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: 'openwatch demo', items })
}
