import { describe, expect, test } from 'vitest'
import { readDates, readExpected } from '../../src/status/date-claim.ts'
import { dateTable } from './date-table.ts'

/** The entries of the table are of Wednesday, 11 June 2025. */
const at = new Date('2025-06-11T09:30:00Z')

describe('a sentence names a date', () => {
  test.each(dateTable)('%s: %s', (sentence, expected) => {
    const found = readDates(sentence, at).map(({ window }) =>
      window.granularity === 'none'
        ? 'none'
        : `${window.from ?? ''}..${window.to ?? ''} ${window.granularity}`,
    )
    expect(found.join(', ')).toBe(expected)
  })

  test('the words of a date are verbatim from the sentence', () => {
    for (const [sentence] of dateTable) {
      for (const { start, end, window } of readDates(sentence, at))
        expect(sentence.slice(start, end)).toBe(window.text)
    }
  })

  test('the table holds at least 150 sentences', () => {
    expect(dateTable.length).toBeGreaterThanOrEqual(150)
  })
})

describe('a shift moves the date that was promised', () => {
  const july = { from: '2025-07-15', to: '2025-07-15', granularity: 'day', text: 'July 15' } as const

  test('by two weeks', () => {
    const [found] = readDates('The launch is delayed by two weeks', at, july)
    expect(found?.window).toMatchObject({ from: '2025-07-29', to: '2025-07-29', granularity: 'week' })
  })

  test('and is vague where none was promised', () => {
    const [found] = readDates('The launch is delayed by two weeks', at)
    expect(found?.window).toMatchObject({ from: null, to: null, granularity: 'vague' })
  })
})

test('what a person wrote into a watch item is read the same way', () => {
  expect(readExpected('mid-2025, no date yet', at)).toMatchObject({ from: '2025-05-02', to: '2025-09-01' })
  expect(readExpected('who knows', at)).toBeNull()
})
