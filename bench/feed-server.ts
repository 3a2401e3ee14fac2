// Serves made-up feeds on loopback in a process of its own, so that its CPU time is nobody else's. Started by
// bench/served-feeds.ts with the numbers of feeds, of items in each, of hosts (ports), of feeds for each one whose newest
// item answers a question (0: none does), and of milliseconds that an answer takes as arguments.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { nowMs } from './delivery-report.ts'
import { randomFrom, wordOf, zipf } from './percolate-material.ts'

/** What was answered since the last time it was asked for. */
export interface Answers {
  readonly full: number
  readonly unchanged: number
  /** Requests that came to a host while it was still answering another. */
  readonly atOnce: number
}

const [feeds = 0, items = 0, hosts = 1, answeredEvery = 0, delayMs = 0] = process.argv.slice(2).map(Number)
const hourMs = 3_600_000
const now = Date.now()
const nextRank = zipf(randomFrom(7))

const words = (count: number): string => Array.from({ length: count }, () => wordOf(nextRank())).join(' ')

/** Title and address of an item: of the newest of some feeds an answer to the question of that number. */
const heading = (feed: number, number: number): string => {
  const question = feed / answeredEvery
  return number === 0 && Number.isInteger(question)
    ? `<title>Acme${question} releases Zeppelin ${question}</title><link>https://acme${question}.com/news</link>`
    : `<title>${words(10)}</title><link>https://site${feed}.example/${number}</link>`
}

const item = (feed: number, number: number): string =>
  `<item>${heading(feed, number)}
<guid isPermaLink="false">${feed}-${number}</guid><category>News</category>
<pubDate>${new Date(now - (number + 1) * hourMs).toUTCString()}</pubDate>
<description><![CDATA[<p>${words(20)}, said <a href="https://site${feed}.example/about?a=1&amp;b=2">${words(3)}</a>
&#8220;${words(10)}&#8221;.</p><p>${words(20)}.</p>]]></description></item>`

const bodies = Array.from({ length: feeds }, (_, feed) => {
  const all = Array.from({ length: items }, (_, number) => item(feed, number)).join('\n')
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>Feed ${feed}</title><link>https://site${feed}.example/</link>
<description>Made up for a benchmark</description>
${all}
</channel></rss>`)
})

const none: Answers = { full: 0, unchanged: 0, atOnce: 0 }
let answers = { ...none }
/** When the last bytes of each feed went out in full, by its number. */
const sent: number[] = []

const answer = (request: IncomingMessage, response: ServerResponse): void => {
  const feed = Number(/^\/feed\/(\d+)$/.exec(request.url ?? '')?.[1] ?? -1)
  const body = bodies[feed]
  const headers = { etag: `"feed-${feed}"`, 'content-type': 'application/rss+xml; charset=utf-8' }
  if (body === undefined) response.writeHead(404).end()
  else if (request.headers['if-none-match'] === headers.etag) {
    answers.unchanged += 1
    response.writeHead(304, headers).end()
  } else {
    answers.full += 1
    const head = { ...headers, 'content-length': body.length }
    response.writeHead(200, head).end(body, () => (sent[feed] = nowMs()))
  }
}

/** A host: answers each request after a while, and notes when another comes meanwhile. */
const server = () => {
  let answering = 0
  return createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    answering += 1
    if (answering > 1) answers.atOnce += 1
    const finish = (): void => {
      answering -= 1
      answer(request, response)
    }
    if (delayMs === 0) finish()
    else setTimeout(finish, delayMs)
  })
}

const listen = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const one = server().once('error', reject)
    one.listen(0, '127.0.0.1', () => resolve((one.address() as AddressInfo).port))
  })

process.once('disconnect', () => process.exit(0))
process.on('message', (asked: 'answers' | 'sent') => {
  if (asked === 'sent') {
    process.send?.(sent)
    return
  }
  process.send?.(answers satisfies Answers)
  answers = { ...none }
})
process.send?.(await Promise.all(Array.from({ length: hosts }, listen)))
