import fc from 'fast-check'
import wrapAnsi from 'wrap-ansi'
import { describe, expect, it } from 'vitest'
import { wrapText } from '../../src/report/wrap-text.ts'

const words = fc
  .array(fc.stringMatching(/^[!-~¡-¨ª-¬¯-ɏ‐-‧←-↓]{1,25}$/), { maxLength: 30 })
  .map((all) => all.join(' '))

describe('a text in lines', () => {
  it('is broken between words, with later lines indented as well', () => {
    expect(wrapText('“Expect it later this summer → no date”', 22, 2)).toEqual([
      '  “Expect it later',
      '  this summer → no',
      '  date”',
    ])
  })

  it('counts wide characters as two columns', () => {
    expect(wrapText('中文字符 中文字符', 12)).toEqual(['中文字符', '中文字符'])
  })

  it('is the same for Latin texts, which are only counted, as where it is measured', () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 10, max: 90 }), (text, width) => {
        const measured = wrapAnsi(text, width, { hard: false, trim: true }).split('\n')
        expect(wrapText(text, width)).toEqual(measured)
      }),
    )
  })
})
