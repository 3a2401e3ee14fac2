import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { expect, test } from 'vitest'
import { collectWarnings } from './warnings.ts'

test('what a process warns of is counted by event, with the reason of the first that has one', async () => {
  const err = (message: string) => ({ level: 50, event: 'reload-failed', err: { type: 'Error', message } })
  const lines = [
    JSON.stringify({ level: 40, event: 'polled', reason: 'refused' }),
    JSON.stringify(err('deadlock detected')),
    JSON.stringify(err('another')),
    '{ not: json }',
  ]
  const text = lines.join('\n')
  // as it comes through a pipe: cut anywhere
  const stream = Readable.from([text.slice(0, 70), text.slice(70, 75), text.slice(75)])
  const warned = collectWarnings(stream)
  await finished(stream)
  await new Promise(setImmediate)
  expect([...warned]).toEqual([
    ['polled', { times: 1, reason: null }],
    ['reload-failed', { times: 2, reason: 'deadlock detected' }],
    ['{ not: json }', { times: 1, reason: null }],
  ])
})
