import { describe, expect, it } from 'vitest'
import { sameWindow, windowEnd, windowText, windowWords } from '../../src/report/date-window.ts'
import { windowOf } from './sample.ts'

describe('a window of dates, for people', () => {
  it.each([
    ['5 August 2025', windowOf('day', '2025-08-05', '2025-08-05', 'Tuesday')],
    ['week of 14 July 2025', windowOf('week', '2025-07-14', '2025-07-20', 'next week')],
    ['June 2025', windowOf('month', '2025-06-01', '2025-06-30', 'in June')],
    ['early June 2025', windowOf('month', '2025-06-01', '2025-06-10', 'early June')],
    ['June to July 2025', windowOf('month', '2025-06-01', '2025-07-31', 'in June or July')],
    ['Q3 2025', windowOf('quarter', '2025-07-01', '2025-09-30', 'the third quarter')],
    ['summer 2025', windowOf('season', '2025-06-01', '2025-08-31', 'this summer')],
    ['summer 2025', windowOf('season', '2025-06-21', '2025-09-22', 'this summer')],
    ['early summer 2025', windowOf('season', '2025-06-01', '2025-07-10', 'early summer')],
    ['late summer 2025', windowOf('season', '2025-06-10', '2025-08-31', 'later this summer')],
    ['winter 2025', windowOf('season', '2025-12-01', '2026-02-28', 'this winter')],
    ['second half of 2026', windowOf('half', '2026-07-01', '2026-12-31', 'H2')],
    ['2026', windowOf('year', '2026-01-01', '2026-12-31', 'next year')],
    ['late 2026', windowOf('year', '2026-10-01', '2026-12-31', 'late next year')],
    ['in the coming months', windowOf('vague', '2025-04-01', '2025-09-30', 'in the coming months')],
    ['by 30 June 2025', windowOf('day', null, '2025-06-30', 'by the end of June')],
    ['1 June 2025 or later', windowOf('day', '2025-06-01', null, 'not before June')],
    ['3 June 2025 to 5 June 2025', windowOf('day', '2025-06-03', '2025-06-05', '3-5 June')],
    ['no date', windowOf('none', null, null, 'indefinitely')],
    ['no date', null],
  ])('reads %s', (text, window) => {
    expect(windowText(window)).toBe(text)
  })

  it('keeps the words of the promise, but writes an exact day as a date', () => {
    expect(windowWords(windowOf('season', '2025-06-10', '2025-08-31', 'later this summer'))).toBe(
      'later this summer',
    )
    expect(windowWords(windowOf('day', '2025-08-05', '2025-08-05', 'Tuesday'))).toBe('5 August 2025')
  })

  it('does not repeat words that are too long or drive a terminal', () => {
    expect(windowWords(windowOf('month', '2025-06-01', '2025-06-30', 'x'.repeat(60)))).toBe('June 2025')
    expect(windowWords(windowOf('season', null, null, '\u001b[31mthis summer'))).toBe('[31mthis summer')
  })

  it('ends with its last day, at midnight UTC', () => {
    expect(windowEnd(windowOf('month', '2025-06-01', '2025-06-30', 'June'))).toEqual(
      new Date('2025-07-01T00:00:00Z'),
    )
    expect(windowEnd(windowOf('none', null, null, 'indefinitely'))).toBeNull()
  })

  it('is the same as another that promises the same days in other words', () => {
    const june = windowOf('month', '2025-06-01', '2025-06-30', 'June')
    expect(sameWindow(june, windowOf('month', '2025-06-01', '2025-06-30', 'next month'))).toBe(true)
    expect(sameWindow(june, null)).toBe(false)
    expect(sameWindow(windowOf('none', null, null, 'indefinitely'), null)).toBe(true)
  })
})
