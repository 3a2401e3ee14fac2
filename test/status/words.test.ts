import { describe, expect, test } from 'vitest'
import { verbForms, singular } from '../../src/status/inflect.ts'
import { wordsOf } from '../../src/status/words.ts'

describe('a verb is known in all its forms', () => {
  test.each([
    ['release', 'release releases released releasing'],
    ['launch', 'launch launches launched launching'],
    ['ship', 'ship ships shipped shipping'],
    ['ban', 'ban bans banned banning'],
    ['delay', 'delay delays delayed delaying'],
    ['deny', 'deny denies denied denying'],
    ['veto', 'veto vetoes vetoed vetoing'],
    ['open', 'open opens opened opening'],
    ['defer', 'defer defers deferred deferring'],
    ['sell', 'sell sells sold selling'],
    ['withdraw', 'withdraw withdraws withdrew withdrawn withdrawing'],
    ['put', 'put puts putting'],
    ['cancel', 'cancel cancels canceled cancelled canceling cancelling'],
    ['push', 'push pushes pushed pushing'],
    ['scrap', 'scrap scraps scrapped scrapping'],
    ['fix', 'fix fixes fixed fixing'],
    ['show', 'show shows showed showing'],
    ['agree', 'agree agrees agreed agreeing'],
    ['die', 'die dies died dying'],
  ])('%s', (base, forms) =>
    expect([...verbForms(base).keys()].toSorted()).toEqual(forms.split(' ').toSorted()),
  )
})

test.each([
  ['weights', 'weight'],
  ['policies', 'policy'],
  ['batteries', 'battery'],
  ['boxes', 'box'],
  ['access', 'access'],
  ['bus', 'bus'],
  ['gas', 'gas'],
])('the singular of %s is %s', (plural, one) => expect(singular(plural)).toBe(one))

describe('a sentence falls into words', () => {
  const texts = (sentence: string) => wordsOf(sentence).map((word) => word.text)

  test('without quotation marks, possessives and case', () => {
    expect(texts('Acme’s “open” model isn’t HERE')).toEqual(['acme', 'open', 'model', "isn't", 'here'])
  })

  test('with versions and abbreviations whole', () => {
    expect(texts('U.S. bans Acme-5.1, again')).toEqual(['us', 'bans', 'acme', '5.1', ',', 'again'])
  })

  test('with what a hyphen joins marked, and a dash as a mark', () => {
    const words = wordsOf('Acme-based tools - all of them')
    expect(words.find((word) => word.text === 'based')?.glued).toBe(true)
    expect(words.map((word) => word.text)).toContain('—')
  })

  test('and offsets that lead back to the text', () => {
    const sentence = 'The “Nile” of Acme’s 5.1 — soon!'
    for (const { start, end, text, possessive } of wordsOf(sentence)) {
      const raw = sentence.slice(start, end).toLowerCase().replace('’', "'")
      expect(raw).toBe(possessive ? `${text}'s` : text)
    }
  })

  test('and what stands in quotation marks is known', () => {
    expect(wordsOf("Acme 5 'Nile' ships").map((word) => word.quoted)).toEqual([false, false, true, false])
  })
})
