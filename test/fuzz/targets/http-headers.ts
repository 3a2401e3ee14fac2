import fc from 'fast-check'
import { charsetOf } from '../../../src/feeds/decode.ts'
import { parseDate } from '../../../src/feeds/dates.ts'
import { cacheHint, retryAfterMs } from '../../../src/feeds/http-headers.ts'
import { parseLinks } from '../../../src/feeds/link-header.ts'
import { firstHop, nextHop } from '../../../src/feeds/redirect.ts'
import { advertised } from '../../../src/feeds/websub.ts'
import { httpOutcome } from '../../../src/alerts/channels/http-outcome.ts'
import { waitAfter } from '../../../src/alerts/backoff.ts'
import { mutated, wildText } from '../mutate.ts'
import type { Fuzzing } from '../target.ts'

const samples = [
  'Tue, 05 Aug 2025 10:00:00 GMT',
  '2025-08-05T10:00:00.123+02:00',
  'Dienstag, 5. August 2025 10:00',
  '120',
  'max-age=3600, public, no-cache="x"',
  '<https://hub.example/>; rel="hub self"; title*=UTF-8\'\'x, </feed>; rel=self',
  'text/xml; charset="utf-8"; x=y',
  'https://user:secret@news.example:443/feed?a=b#c',
]
const scraps = [
  ...[
    '9999999999999999999999',
    '-1',
    '0',
    '1e999',
    '.',
    ',',
    ';',
    '=',
    '"',
    '<',
    '>',
    '\\',
    'GMT',
    '+99:99',
    'UTC',
    'EST',
    'pm',
  ],
  ...[
    'rel=',
    'hub',
    'anchor=""',
    'max-age=',
    'charset=',
    'utf-16',
    'Feb 31',
    '24:00',
    ':',
    '/',
    '//',
    '\\\\',
    '@',
    '%',
    '[',
    '::1',
    ']',
  ],
]
const now = new Date('2025-09-01T00:00:00Z')

/** Single headers of answers: dates, links, how long to wait, where to go. (What comes with them on the wire is `http`.) */
export function start(): Fuzzing<readonly [string, string]> {
  const value = fc.oneof({ weight: 4, arbitrary: mutated(samples, scraps) }, wildText)
  return {
    inputs: fc.tuple(value, value),
    check([one, two]) {
      expectTime('retry-after', retryAfterMs({ 'retry-after': one }, now))
      expectTime('max-age', cacheHint({ 'cache-control': one, age: two }, now).maxAgeMs)
      expectTime('expires', cacheHint({ expires: one, date: two }, now).maxAgeMs)
      const date = parseDate(one)
      if (date !== null) date.toISOString()
      charsetOf(one)
      const links = parseLinks([one, two], 'https://news.example/')
      for (const { href } of links) new URL(href)
      advertised({ url: 'https://news.example/', links }, null)
      expectHop(one, two)
      const outcome = httpOutcome(429, one, two, now)
      if (outcome.kind === 'retry') expectWait(waitAfter(1, outcome.retryAfterMs, () => 0.5))
    },
  }
}

function expectTime(what: string, ms: number | null): void {
  if (ms !== null && !(Number.isFinite(ms) && ms >= 0)) throw new Error(`${what} gives ${ms} ms`)
}

function expectWait(ms: number): void {
  expectTime('a wait', ms)
  new Date(now.getTime() + ms).toISOString()
}

function expectHop(address: string, location: string): void {
  const first = firstHop(address)
  if (first.kind === 'failed') return
  const next = nextHop(first.hop, 301, location)
  if (next.kind !== 'failed' && !/^https?:$/.test(next.hop.url.protocol))
    throw new Error(`led to ${next.hop.url.href.slice(0, 80)}`)
}
