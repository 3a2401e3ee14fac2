import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytes, characters, cutTo, cutWords, fits, lengthIn } from '../../src/alerts/limit.ts'
import { anyText } from './hostile.ts'

describe('a text cut to a limit', () => {
  it('stays as it is where it fits', () => {
    expect(cutTo('June, later this summer', characters(23))).toBe('June, later this summer')
    expect(cutTo('zwölf', bytes(6))).toBe('zwölf')
  })

  it('ends after a whole word, without the comma behind it', () => {
    expect(cutTo('June, later this summer, no date', characters(26))).toBe('June, later this summer…')
    expect(cutTo('announced → delayed: When will it come?', characters(30))).toBe(
      'announced → delayed: When…',
    )
  })

  it('is cut inside a word only where that word is most of it', () => {
    expect(cutTo('x'.repeat(50), characters(10))).toBe(`${'x'.repeat(9)}…`)
  })

  it('never ends in half a character, or in half a family', () => {
    expect(cutTo('😀😀😀', characters(4))).toBe('😀…')
    expect(cutTo('😀😀😀', bytes(10))).toBe('😀…')
    expect(cutTo('👨‍👩‍👧‍👦👨‍👩‍👧‍👦', characters(15))).toBe('👨‍👩‍👧‍👦…')
  })

  it('is the ellipsis where nothing else fits, and never empty', () => {
    expect(cutTo('word', bytes(3))).toBe('…')
    expect(cutTo('', characters(5))).toBe('…')
    expect(cutTo('word', bytes(1))).toBe('.')
    expect(cutWords('word', () => false)).toBeNull()
  })

  it('is whole characters on one line within any limit', () => {
    fc.assert(
      fc.property(
        anyText,
        fc.integer({ min: 1, max: 200 }),
        fc.constantFrom(bytes, characters),
        (text, size, unit) => {
          const cut = cutTo(text, unit(size))
          expect(fits(cut, unit(size))).toBe(true)
          expect(cut).not.toBe('')
          expect(cut.isWellFormed()).toBe(true)
          expect(cut).not.toMatch(/[\r\n\u2028\u2029]/)
        },
      ),
    )
  })

  it('uses most of the room there is', () => {
    const text = 'many short words stand here '.repeat(20)
    for (let size = 10; size < 300; size += 7) {
      expect(lengthIn(cutTo(text, characters(size)), 'characters')).toBeGreaterThan(size - 8)
    }
  })
})
