import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { createFetcher } from '../../../src/feeds/fetch.ts'
import { createHubClient } from '../../../src/feeds/hub-client.ts'
import { bytesOf, mutated } from '../mutate.ts'
import { feedCheck } from '../parsed-feed.ts'
import { answers, startRawServer, type RawAnswer } from '../raw-server.ts'
import { xmlFeeds, xmlScraps } from '../samples/feeds.ts'
import type { Fuzzing } from '../target.ts'

const options = {
  timeouts: { connectMs: 100, headersMs: 100, bodyMs: 100 },
  userAgent: 'fuzz',
  allowPrivateHosts: ['127.0.0.1'],
}
const kinds = new Set(['fetched', 'unchanged', 'gone', 'refused', 'failed'])

/** Whatever a server sends on the wire to one that asked for a feed, or to one that asked a hub: an outcome, and soon. */
export async function start(): Promise<Fuzzing<{ answer: RawAnswer; validators: boolean }>> {
  const server = await startRawServer()
  const fetcher = createFetcher({ ...options, maxBodyBytes: 200_000 })
  const hubs = createHubClient(options)
  const wish = {
    mode: 'subscribe',
    topic: 'https://a.example/',
    callback: 'https://b.example/',
    secret: 's',
  } as const
  const feeds = bytesOf(mutated(xmlFeeds, xmlScraps))
  const packed = fc
    .tuple(
      feeds,
      fc.constantFrom(gzipSync, brotliCompressSync, deflateSync),
      fc.double({ min: 0, max: 1, noNaN: true }),
    )
    .map(([bytes, pack, cut]) => {
      const whole = pack(bytes)
      return cut < 0.5 ? whole : whole.subarray(0, Math.floor(whole.length * cut))
    })
  return {
    shortRuns: 20,
    inputs: fc.record({ answer: answers(fc.oneof(feeds, packed)), validators: fc.boolean() }),
    async check({ answer, validators }) {
      server.answer = answer
      const known = validators ? { etag: '"x"', lastModified: null } : { etag: null, lastModified: null }
      const began = Date.now()
      const outcome = await fetcher.fetch(`${server.url}/feed`, known)
      if (!kinds.has(outcome.kind)) throw new Error(`the outcome ${outcome.kind}`)
      if (outcome.kind === 'refused') expectWait(outcome.retryAfterMs)
      if (outcome.kind === 'fetched') await feedCheck({ ...outcome, url: outcome.url })
      const asked = await hubs.ask(`${server.url}/hub`, wish)
      if (asked.kind === 'refused') expectWait(asked.retryAfterMs)
      // 6 hops of 300 ms each, twice, and a busy machine
      if (Date.now() - began > 20_000) throw new Error('timeouts did not end it')
    },
    async close() {
      await fetcher.close()
      await hubs.close()
      await server.close()
    },
  }
}

function expectWait(ms: number | null): void {
  if (ms !== null && !(Number.isFinite(ms) && ms >= 0)) throw new Error(`to wait for ${ms} ms`)
}
