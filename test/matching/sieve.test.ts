import fc from 'fast-check'
import { expect, test } from 'vitest'
import { documentOf } from '../../src/matching/document.ts'
import { evaluate } from '../../src/matching/evaluate.ts'
import { outletNameKey } from '../../src/matching/outlet-name.ts'
import { parseQuery } from '../../src/matching/parse-query.ts'
import { queryOf } from '../../src/matching/query.ts'
import type { Query } from '../../src/matching/query-tree.ts'
import { sieveOf, unsievable, type Sieve } from '../../src/matching/sieve.ts'

const entry = (title: string, text = '', outlet = 'example.org') => ({ title, text, outlet })

/** What the database does with a sieve. */
const passes = (sieve: Sieve, { title, text, outlet }: ReturnType<typeof entry>): boolean => {
  switch (sieve.kind) {
    case 'everything':
      return true
    case 'all':
      return sieve.of.every((part) => passes(part, { title, text, outlet }))
    case 'any':
      return sieve.of.some((part) => passes(part, { title, text, outlet }))
    case 'outlet':
      return outlet === sieve.domain || outlet.endsWith(`.${sieve.domain}`)
    case 'outlet-name':
      return new RegExp(sieve.pattern, 'u').test(outlet.replaceAll(/[-_]/g, ''))
    case 'words': {
      const pattern = new RegExp(`${sieve.pattern}|${unsievable}`, 'u')
      return pattern.test(title) || (!sieve.titleOnly && pattern.test(text))
    }
  }
}

const item = (subject: string[], context: string[] = [], about: string[] = []) =>
  queryOf({ subject, context, about })

test.each([
  ['a plural', item(['open-weight model']), entry('OpenAI ships two open-weight models')],
  ['a plural in -ies', item(['company']), entry('Two companies merge')],
  ['an irregular plural', item(['wolf']), entry('Wolves are back')],
  ['a possessive', item(['OpenAI']), entry("OpenAI's next model")],
  ['dots in an acronym', item(['USA']), entry('Made in the U.S.A. again')],
  ['commas in a number', item(['10000 jobs']), entry('It cuts 10,000 jobs')],
  ['capitals', item(['openai']), entry('OPENAI SAYS NO TO EVERYTHING TODAY')],
  ['accents', item(['Pokemon']), entry('A new Pokémon is out')],
  ['ligatures', item(['Final Fantasy']), entry('Final Fantasy ﬁnally: Ｆｉｎａｌ Fantasy')],
  ['ß and ae', item(['Strasse']), entry('Die Straße')],
  ['a soft hyphen', item(['framework']), entry('A frame\u00ADwork')],
  ['a combining accent', item(['cafe']), entry('The cafe\u0301 opens')],
  ['a version with a v', item(['Gemini 3']), entry('Gemini v3.0 is here')],
  ['a version written together', item(['GPT-5']), entry('GPT5 is here')],
  ['a version with a hyphen', item(['Half-Life 3']), entry('Half Life: 3 - out')],
  ['the outlet as context', item(['model'], ['Red Hat']), entry('A model', '', 'red-hat.com')],
  ['another script', item(['人工知能']), entry('人工知能の研究')],
])('a sieve lets %s through', (_name, query, met) => {
  expect(evaluate(query, documentOf(met))).toBe(true)
  expect(passes(sieveOf(query), met)).toBe(true)
})

test('it holds back what has none of the words, and the name with another number', () => {
  const sieve = sieveOf(item(['Gemini 3']))
  expect(passes(sieve, entry('Rain in Berlin'))).toBe(false)
  expect(passes(sieve, entry('Gemini grows'))).toBe(false)
  expect(passes(sieve, entry('Gemini 2.5 Pro'))).toBe(false)
})

const written = (text: string): Query => {
  const read = parseQuery(text)
  if (!read.ok) throw new Error(read.error.message)
  return read.query
}

test('a query by hand is sieved by what it requires, not by what it excludes', () => {
  const sieve = sieveOf(written('title:falcon (delay* OR "held up") NOT beta outlet:acme.com'))
  expect(passes(sieve, entry('Falcon news', 'It is delayed', 'www.acme.com'))).toBe(true)
  expect(passes(sieve, entry('News', 'The falcon is delayed', 'acme.com'))).toBe(false)
  expect(passes(sieve, entry('Falcon delayed', '', 'other.com'))).toBe(false)
})

test('whatever a query meets passes its sieve', () => {
  const word = fc.constantFrom(
    ..."falcon falcons Falcón FALCON 3 3.0 v3 v3.0 acme ACME’s acme's a.c.m.e men man 1,000 1000 ﬁne fine straße strasse beta box boxes movies movie IT U.S. us c++ at&t".split(
      ' ',
    ),
  )
  const gap = fc.constantFrom(' ', ' - ', '-', ', ', ' “', '. ', '\u00ad', ' \u200b')
  const text = fc
    .array(fc.tuple(word, gap), { minLength: 1, maxLength: 8 })
    .map((parts) => parts.flat().join(''))
  const alias = fc.array(word, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(' '))
  fc.assert(
    fc.property(fc.array(alias, { minLength: 1, maxLength: 2 }), text, text, (aliases, title, body) => {
      const query = item(aliases)
      const one = entry(title, body)
      fc.pre(evaluate(query, documentOf(one)))
      expect(passes(sieveOf(query), one)).toBe(true)
    }),
    { numRuns: 3000 },
  )
  expect(outletNameKey('Red Hat')).toBe('redhat')
})
