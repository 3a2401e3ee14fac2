import fc from 'fast-check'
import { expect, test } from 'vitest'
import { wordRanges } from '../../src/matching/word-ranges.ts'

const wordsOf = (raw: string): string[] => {
  const ranges = wordRanges(raw)
  return ranges.flatMap((start, n) => (n % 2 === 0 ? [raw.slice(start, ranges[n + 1])] : []))
}

test('a long text has the words of its parts, and a short one after it none of the long one', () => {
  const part = fc.constantFrom(
    'Acme',
    'ships',
    'v2.1,',
    'don’t',
    'C++',
    'AT&T',
    '漢字',
    '…',
    '🚀',
    "l'avion",
    '1,000.',
  )
  fc.assert(
    fc.property(
      fc.array(part, { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 1, max: 3000 }),
      (parts, times) => {
        const one = `${parts.join(' ')} `
        const words = wordsOf(one)
        expect(wordsOf(one.repeat(times))).toEqual(Array.from({ length: times }, () => words).flat())
        expect(wordsOf(one)).toEqual(words)
      },
    ),
    { numRuns: 20 },
  )
})

test('a text without words has none', () => {
  expect(wordsOf('')).toEqual([])
  expect(wordsOf(' -- … ')).toEqual([])
})
