import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { isSigned, readHubCall } from '../../../src/feeds/websub.ts'
import { linkActions, readLink, signLink } from '../../../src/pipeline/action-link.ts'
import { ownPath } from '../../../src/web/access/own-path.ts'
import { decodeCursor, encodeCursor } from '../../../src/web/api/cursor.ts'
import { ApiProblem } from '../../../src/web/api/problem.ts'
import { z } from 'zod'
import { mutated, wildText } from '../mutate.ts'
import type { Fuzzing } from '../target.ts'

const key = randomBytes(32)
const token = signLink({ action: 'wrong', alertId: '0b3f3c0e-0000-4000-8000-000000000001' }, key)
const cursor = encodeCursor('entries', ['2025-08-05T10:00:00Z', '17'])
const place = z.tuple([z.iso.datetime(), z.string().regex(/^\d{1,18}$/)])

/** What is handed out and comes back: links in alerts, cursors, signatures, where to go after signing in. */
export function start(): Fuzzing<{ text: string; other: string; query: Record<string, unknown> }> {
  const scraps = [
    '=',
    '-',
    '_',
    '/',
    '\\',
    '//',
    '%2f',
    '@',
    'https:',
    'sha256=',
    'sha1=',
    '0'.repeat(64),
    '?',
    '#',
    '\t',
    '.',
    '..',
  ]
  const text = fc.oneof(
    {
      weight: 3,
      arbitrary: mutated(
        [token, cursor, 'sha256=00ff', '/items/x?a=b#c', '//evil.example', '/\\evil'],
        scraps,
      ),
    },
    wildText,
  )
  return {
    inputs: fc.record({
      ...{ text, other: text },
      query: fc.dictionary(
        fc.constantFrom(
          'hub.mode',
          'hub.topic',
          'hub.challenge',
          'hub.lease_seconds',
          'hub.reason',
          '__proto__',
        ),
        fc.oneof(
          fc.constantFrom('subscribe', 'unsubscribe', 'denied', '1', '9'.repeat(30), '-1'),
          text,
          fc.array(text),
        ),
      ),
    }),
    check({ text: given, other, query }) {
      const link = readLink(given, key)
      if (link !== null && (given !== token || !linkActions.includes(link.action)))
        throw new Error('a forged link is believed')
      if (isSigned(Buffer.from(other), given, 'secret')) throw new Error('a guessed signature is believed')
      expectCursor(given)
      expectPath(given)
      const call = readHubCall(query)
      if (call?.kind === 'verify' && !(call.leaseMs > 0 && call.leaseMs <= 366 * 86_400_000))
        throw new Error(`a lease of ${call.leaseMs} ms`)
    },
  }
}

function expectCursor(given: string): void {
  try {
    decodeCursor('entries', given, place)
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error
  }
}

/** As a browser reads it, which knows more ways to another site than most programs. */
function expectPath(given: string): void {
  const path = ownPath(given)
  if (path === null) return
  if (new URL(path, 'https://own.example').origin !== 'https://own.example')
    throw new Error('led to another site')
}
