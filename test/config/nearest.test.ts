import { describe, expect, it } from 'vitest'
import { nearest } from '../../src/config/nearest.ts'

describe('the word that was meant', () => {
  it.each([
    ['prot', 'port'],
    ['Host', 'host'],
    ['max-body', 'maxBody'],
    ['first_poll_max_age', 'firstPollMaxAge'],
  ])('for %s is %s', (word, meant) => {
    expect(nearest(word, ['host', 'port', 'maxBody', 'firstPollMaxAge'])).toBe(meant)
  })

  it('is none where no word is near', () => {
    expect(nearest('theme', ['host', 'port'])).toBeNull()
    expect(nearest('x', [])).toBeNull()
  })
})
