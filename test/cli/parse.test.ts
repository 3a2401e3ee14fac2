import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runParse, typedHosts } from '../../src/cli/parse.ts'
import { createFetcher } from '../../src/feeds/fetch.ts'
import { startFeedServer, type FeedServer } from '../support/feed-server.ts'
import { now } from '../feeds/read.ts'

let folder: string
let server: FeedServer

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'openwatch-parse-'))
  server = await startFeedServer()
})

afterEach(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

async function parse(
  sources: readonly string[],
  ndjson: boolean,
): Promise<{ code: number; out: string; err: string }> {
  const fetcher = createFetcher({
    timeouts: { connectMs: 500, headersMs: 500, bodyMs: 500 },
    maxBodyBytes: 100_000,
    userAgent: 'test',
    allowPrivateHosts: typedHosts(sources),
  })
  const written = { out: '', err: '' }
  const out = (text: string): void => void (written.out += text)
  const err = (text: string): void => void (written.err += text)
  const code = await runParse({ sources, ndjson, fetcher, now: () => now, out, err })
  await fetcher.close()
  return { code, ...written }
}

test('files and addresses come out one line each, the broken ones with what is wrong', async () => {
  const file = join(folder, 'a.xml')
  await writeFile(file, '<rss><channel><title>A</title><item><title>x</title></item></channel></rss>')
  server.set('/b', { body: '<feed><title>B</title></feed>' })
  const { code, out } = await parse(
    [file, `${server.url}/b`, join(folder, 'none.xml'), `${server.url}/none`],
    true,
  )
  const lines = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { file: string; feed?: { title: string }; error?: string })
  expect(lines.map((line) => line.feed?.title)).toEqual(['A', 'B', undefined, undefined])
  expect(lines[0]?.file).toBe(file)
  expect(lines[2]?.error).toMatch(/cannot be read/)
  expect(lines[3]?.error).toMatch(/404/)
  expect(code).toBe(1)
})

test('one feed is printed as JSON Feed 1.1, its relative links made absolute', async () => {
  server.set('/feed', {
    body: `<feed xmlns="http://www.w3.org/2005/Atom"><title>B</title><link href="/"/><entry><id>1</id><title>T</title>
      <link href="1.html"/><updated>2025-01-01T00:00:00Z</updated>
      <content type="html">&lt;a href="x?a=1&amp;amp;b=2">y&lt;/a> &lt;img src='//c.example/i.png'></content></entry></feed>`,
  })
  const { code, out } = await parse([`${server.url}/feed`], false)
  expect(code).toBe(0)
  expect(JSON.parse(out)).toEqual({
    version: 'https://jsonfeed.org/version/1.1',
    title: 'B',
    home_page_url: `${server.url}/`,
    items: [
      {
        id: '1',
        url: `${server.url}/1.html`,
        title: 'T',
        content_html: `<a href="${server.url}/x?a=1&amp;b=2">y</a> <img src="http://c.example/i.png">`,
        date_published: '2025-01-01T00:00:00.000Z',
        date_modified: '2025-01-01T00:00:00.000Z',
      },
    ],
  })
})
