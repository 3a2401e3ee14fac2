import fc from 'fast-check'
import { expect, test } from 'vitest'
import { markWords } from '../../src/report/marked-quote.ts'

const shown = (quote: string, words: readonly string[]) =>
  markWords(quote, words)
    .map(({ text, marked }) => (marked ? `[${text}]` : text))
    .join('')

test.each([
  ['Acme releases Falcon 3', ['Falcon 3', 'Acme'], '[Acme] releases [Falcon 3]'],
  ['ACME and acme', ['Acme'], '[ACME] and [acme]'],
  ['a Falconer is no Falcon', ['Falcon'], 'a Falconer is no [Falcon]'],
  ['open-weight model', ['open-weight', 'open-weight model'], '[open-weight model]'],
  ['open weight model', ['open weight', 'weight model'], '[open weight][ model]'],
  ['İstanbul Falcon', ['falcon'], 'İstanbul Falcon'],
  ['nothing', ['', 'else'], 'nothing'],
] as const)('whole words are marked wherever they occur: %s', (quote, words, expected) => {
  expect(shown(quote, words)).toBe(expected)
})

test('joined, the pieces are the quote again, whatever is marked', () => {
  fc.assert(
    fc.property(fc.string(), fc.array(fc.string()), (quote, words) => {
      expect(
        markWords(quote, words)
          .map(({ text }) => text)
          .join(''),
      ).toBe(quote)
    }),
  )
})
