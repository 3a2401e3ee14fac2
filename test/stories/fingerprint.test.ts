import { describe, expect, test } from 'vitest'
import { tokenize } from '../../src/matching/text.ts'
import { canonicalUrl } from '../../src/stories/canonical-url.ts'
import { fingerprintOf, similarity, tellsTheSame } from '../../src/stories/fingerprint.ts'

describe('an address is the same page', () => {
  test.each([
    ['https://www.paper.test/a/b?utm_source=x&utm_medium=feed', 'paper.test/a/b'],
    ['http://paper.test/a/b/', 'paper.test/a/b'],
    ['https://m.paper.test/a/b#comments', 'paper.test/a/b'],
    ['https://paper.test/amp/a/b', 'paper.test/a/b'],
    ['https://paper.test/a/b/amp/', 'paper.test/a/b'],
    ['https://paper.test/a/b?ref=front&src=rss', 'paper.test/a/b'],
    ['https://paper.test/story?id=7&utm_campaign=y', 'paper.test/story?id=7'],
    ['https://paper.test/story?b=2&a=1', 'paper.test/story?a=1&b=2'],
    ['https://PAPER.test/index.html', 'paper.test'],
  ])('%s', (address, canonical) => expect(canonicalUrl(address)).toBe(canonical))

  test('and what is no address has none', () => {
    expect(canonicalUrl('not an address')).toBe('')
    expect(canonicalUrl(null)).toBe('')
  })
})

const print = (title: string, text = '', url: string | null = null) =>
  fingerprintOf(url, tokenize(title), tokenize(text))

describe('two entries tell the same', () => {
  const body =
    'The maker said on Monday that its long expected reading lamp goes on sale in nine countries next week, after a test of two years.'

  test('when they link to the same page under other titles', () => {
    const a = print('Lamp goes on sale', '', 'https://paper.test/lamp?utm_source=a')
    expect(tellsTheSame(a, print('A light for nine lands', '', 'https://www.paper.test/lamp'))).toBe(true)
  })

  test('when their titles are the same but for a few words', () => {
    const a = print('Maker of reading lamps puts off sale to autumn')
    expect(tellsTheSame(a, print('Reading Lamps Maker Puts Off Sale to Autumn, Again'))).toBe(true)
  })

  test('when one text is a rewrite of the other', () => {
    const a = print('Light at last', body)
    expect(tellsTheSame(a, print('The lamp is coming', `${body} Shops are glad.`))).toBe(true)
  })

  test('but not when they only speak of the same thing', () => {
    const a = print('Maker puts off reading lamp', body)
    const b = print(
      'Reading lamp burns well, testers find',
      'Our testers read for nine nights by the new lamp and slept badly.',
    )
    expect(tellsTheSame(a, b)).toBe(false)
  })

  test('and short titles alone never make a copy', () => {
    expect(tellsTheSame(print('Reading lamp'), print('Reading lamp'))).toBe(false)
  })
})

test('similarity is that of sets', () => {
  expect(similarity([1, 2, 3, 4], [3, 4, 5, 6])).toBeCloseTo(2 / 6)
  expect(similarity([], [1])).toBe(0)
})
