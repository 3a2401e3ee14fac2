import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { documentOf } from '../../src/matching/document.ts'
import { evaluate } from '../../src/matching/evaluate.ts'
import { parseQuery } from '../../src/matching/parse-query.ts'
import { isPositive } from '../../src/matching/query-tree.ts'

const meets = (query: string, title: string, text = '', outlet = 'example.org'): boolean => {
  const parsed = parseQuery(query)
  if (!parsed.ok) throw new Error(`${query}: column ${parsed.error.column}: ${parsed.error.message}`)
  return evaluate(parsed.query, documentOf({ title, text, outlet }))
}

describe('the query language', () => {
  it.each<[query: string, title: string, meets: boolean]>([
    ['model', 'A new model', true],
    ['model', 'Two new models', true],
    ['model', 'A remodelled kitchen', false],
    ['open model', 'The model is open', true],
    ['open model', 'The model is closed', false],
    ['open AND model', 'The model is open', true],
    ['open OR closed', 'It is closed', true],
    ['open OR closed', 'It is ajar', false],
    ['model NOT mini', 'A new model', true],
    ['model NOT mini', 'A mini model', false],
    ['model AND NOT mini', 'A mini model', false],
    ['model NOT (mini OR nano)', 'A nano model', false],
    ['a OR b AND c', 'a', true],
    ['(a OR b) AND c', 'a', false],
    ['"open model"', 'An open model', true],
    ['"open model"', 'An open language model', false],
    ['"open model"', 'It is open. Model trains are here.', false],
    ['“open model”', 'An open model', true],
    ['open-weight', 'Open weights', true],
    ['GPT-5', 'GPT-5 mini', false],
    ['GPT-5', 'GPT-5 is here', true],
    ['GPT5', 'GPT5 is here', true],
    ['delay NEAR/2 model', 'Delay for the model', true],
    ['delay NEAR/2 model', 'Model faces one more delay', false],
    ['delay NEAR/3 model', 'Model faces one more delay', true],
    ['(delay OR postpone) NEAR/8 "open model"', 'They postpone the open model', true],
    ['model NEAR/8 model', 'One model', false],
    ['model NEAR/8 model', 'One model, another model', true],
    ['NOT a NEAR/2 b c', 'b c', true],
    ['NOT a NEAR/2 b c', 'a b c', false],
    ['releas*', 'It was released', true],
    ['releas*', 'A press-release', true],
    ['releas*', 'It was unreleased', false],
    ['POLIC*', 'New policies', true],
    ["don't", 'They don’t', true],
    ['"AND"', 'This and that', true],
  ])('%s on "%s": %s', (query, title, expected) => {
    expect(meets(query, title)).toBe(expected)
  })

  it('title: looks in the title only, for a word, a phrase, a prefix and a group', () => {
    expect(meets('title:model', 'Model', 'text')).toBe(true)
    expect(meets('title:model', 'Title', 'model')).toBe(false)
    expect(meets('title:"open model"', 'Title', 'open model')).toBe(false)
    expect(meets('title:mod*', 'Title', 'model')).toBe(false)
    expect(meets('title:(a OR b) c', 'b', 'c')).toBe(true)
    expect(meets('title:(a OR b) c', 'c', 'b')).toBe(false)
    expect(meets('title: model', 'Model', '')).toBe(true)
  })

  it('outlet: asks for the domain or one below it', () => {
    expect(meets('outlet:slashdot.org', '', '', 'slashdot.org')).toBe(true)
    expect(meets('outlet:slashdot.org', '', '', 'tech.slashdot.org')).toBe(true)
    expect(meets('outlet:www.slashdot.org', '', '', 'slashdot.org')).toBe(true)
    expect(meets('outlet:slashdot.org', '', '', 'notslashdot.org')).toBe(false)
    expect(meets('model NOT outlet:example.org', 'model', '', 'example.org')).toBe(false)
  })

  it('NEAR does not reach from the title into the text', () => {
    expect(meets('a NEAR/100 b', 'a', 'b')).toBe(false)
  })

  it.each<[query: string, column: number, message: RegExp, fix: RegExp]>([
    ['', 1, /empty/, /at least one word/],
    ['   ', 1, /empty/, /at least one word/],
    ['NOT model', 1, /only excludes/, /model NOT mini/],
    ['NOT (a AND b)', 1, /only excludes/, /beside it/],
    ['a OR NOT b', 6, /only excludes/, /each branch/],
    ['NOT a NOT b', 1, /only excludes/, /beside it/],
    ['(a OR b', 1, /never closed/, /\)/],
    ['x AND (a OR b', 7, /never closed/, /\)/],
    ['a)', 2, /never opened/, /Take it out/],
    ['()', 1, /empty/, /Take them out/],
    ['a ()', 3, /empty/, /Take them out/],
    ['a AND', 6, /ends where/, /Add/],
    ['a AND OR b', 7, /expected here, not OR/, /"OR"/],
    ['OR b', 1, /expected here, not OR/, /before OR/],
    ['(a OR )', 7, /before this parenthesis/, /Add/],
    ['open "weight model', 6, /never closed/, /"weight model"/],
    ['open ""', 6, /no word/, /letters or digits/],
    ['a & b', 3, /no word/, /letters or digits/],
    ['a or b', 3, /small letters/, /Write OR/],
    ['this and that', 6, /small letters/, /Write AND/],
    ['a NEAR b', 3, /number of words/, /NEAR\/8/],
    ['a NEAR/0 b', 3, /from 1 to 100/, /NEAR\/8/],
    ['a NEAR/999 b', 3, /from 1 to 100/, /NEAR\/8/],
    ['a NEAR/8 (b AND c)', 10, /NEAR joins/, /OR postpone/],
    ['outlet:a.org NEAR/8 b', 1, /NEAR joins/, /OR postpone/],
    ['a NEAR/2 b NEAR/2 c', 12, /two sides/, /AND/],
    ['a NEAR/2', 9, /ends where/, /Add/],
    ['a*', 1, /two letters/, /releas\*/],
    ['x *', 3, /two letters/, /releas\*/],
    ['re*ease', 3, /rest of one word/, /re\* or use OR/],
    ['open-wei*', 9, /rest of one word/, /open\*/],
    ['author:smith', 1, /no field "author"/, /title: and outlet:/],
    ['a titel:b', 3, /no field "titel"/, /title:/],
    ['outlet:', 1, /needs a domain/, /outlet:example\.org/],
    ['outlet:openai', 1, /not a domain/, /outlet:example\.org/],
    ['a outlet:https://a.org/x', 3, /not a domain/, /without https/],
    ['title:', 7, /ends where/, /Add/],
    ['title:and', 7, /small letters/, /AND/],
    ['title:title:a', 1, /twice/, /once/],
  ])('%s is refused at column %i', (query, column, message, fix) => {
    const parsed = parseQuery(query)
    if (parsed.ok) throw new Error('It was accepted.')
    expect(parsed.error.column).toBe(column)
    expect(parsed.error.message).toMatch(message)
    expect(parsed.error.fix).toMatch(fix)
  })

  it('is refused where it has more words than anybody writes', () => {
    expect(parseQuery('a OR '.repeat(249).concat('a')).ok).toBe(true)
    expect(parseQuery('a '.repeat(501))).toMatchObject({ error: { column: 1001 } })
  })

  it('is read where it is nested fifty deep, which nobody does, and refused beyond', () => {
    const nested = (levels: number) => parseQuery(`${'('.repeat(levels)}a${')'.repeat(levels)}`)
    expect(nested(50).ok).toBe(true)
    expect(nested(51)).toMatchObject({
      error: { column: 51, message: expect.stringContaining('deeper than 50') as string },
    })
    for (const endless of ['(', 'NOT ', 'title: ', 'title:', 'NOT(']) {
      const parsed = parseQuery(`${endless.repeat(100_000)}a`)
      expect(parsed.ok ? null : parsed.error.column).toBeLessThan(5000)
    }
  })

  it('reads or refuses whatever is typed, with a column inside it or just behind it', () => {
    const part = fc.constantFrom(
      'a',
      'AND',
      'OR',
      'NOT',
      '(',
      ')',
      '"',
      'NEAR/3',
      'b*',
      'title:',
      'outlet:a.org',
      ' ',
      '…',
    )
    const typed = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.array(part, { maxLength: 12 }).map((parts) => parts.join(' ')),
      fc.array(part, { maxLength: 12 }).map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(typed, (query) => {
        const parsed = parseQuery(query)
        if (parsed.ok) {
          expect(isPositive(parsed.query)).toBe(true)
          return
        }
        expect(parsed.error.column).toBeGreaterThanOrEqual(1)
        expect(parsed.error.column).toBeLessThanOrEqual(query.length + 1)
      }),
      { numRuns: 3000 },
    )
  })
})
