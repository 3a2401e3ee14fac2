import { beforeAll, expect, test } from 'vitest'
import { shippedDirectory } from '../../src/config/directory.ts'
import { loadConfig } from '../../src/config/load.ts'
import type { Kind } from '../../src/status/kind.ts'
import { proposeWords } from '../../src/status/propose-words.ts'

let kinds: Kind[]

beforeAll(async () => {
  const loaded = await loadConfig({ directory: shippedDirectory(), env: {}, now: new Date() })
  if (!loaded.ok) throw new Error('the shipped configuration has mistakes')
  const { kinds: all } = loaded.config
  kinds = ['release', 'decision', 'measure', 'event'].flatMap((id) => all.get(id) ?? [])
})

const read = (question: string) => {
  const { subject, context, about, kind } = proposeWords(question, kinds)
  const values = (all: readonly { value: string }[]) => all.map(({ value }) => value)
  return { subject: values(subject), context: values(context), about: values(about), kind: kind.value }
}

test.each([
  ['When will Acme release its folding boat?', ['folding boat'], ['Acme'], [], 'release'],
  ['When will Falcon 3 come out?', ['Falcon 3'], [], [], 'release'],
  ['When will Borealis 4.2 be released?', ['Borealis 4.2'], [], [], 'release'],
  ['Will Acme buy Zephyr (Windworks)?', ['Zephyr', 'Windworks'], ['Acme'], [], 'decision'],
  ['Will the EU ban Zephyr kites?', ['Zephyr'], ['EU'], [], 'decision'],
  ['Will Jo Falcon step down as head of Acme?', ['Jo Falcon'], [], [], 'decision'],
  ['Will Acme chief executive Jo Falcon resign?', ['Jo Falcon'], [], [], 'decision'],
  ['Will Acme recall its rockets?', ['Acme'], [], ['rockets'], 'measure'],
  ['Will Acme publish a safety report for Falcon 3?', ['Falcon 3'], [], ['safety report'], 'measure'],
  ['When will Acme launch the first boats of Project Borealis?', ['Project Borealis'], [], [], 'release'],
  ['When will the French parliament adopt a kite tax?', ['kite tax'], ['French'], [], 'decision'],
])('%s', (question, subject, context, about, kind) => {
  expect(read(question)).toEqual({ subject, context, about, kind })
})

test('every proposal says why', () => {
  const { subject, context, about, kind } = proposeWords(
    'Which safety measures will Acme publish for its folding boats?',
    kinds,
  )
  expect(subject.map(({ value }) => value)).toEqual(['folding boats'])
  expect(about.map(({ value }) => value)).toEqual(['safety measures'])
  for (const { reason } of [...subject, ...context, ...about, kind]) expect(reason).not.toBe('')
})

test('what is no question in English is taken as well as may be, and never throws', () => {
  expect(read('Falcon 3').subject).toEqual(['Falcon 3'])
  for (const text of [
    '?',
    'when',
    'Will it?',
    '"',
    '((',
    'wann kommt Borealis 4?',
    '🚀🚀 ?',
    'Will will will?',
  ])
    expect(() => proposeWords(text, kinds)).not.toThrow()
})
