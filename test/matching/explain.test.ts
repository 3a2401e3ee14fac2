import { describe, expect, it } from 'vitest'
import { documentOf } from '../../src/matching/document.ts'
import { explainMatch } from '../../src/matching/explain.ts'

const item = { subject: ['GPT-5'], context: ['OpenAI', 'Altman'], about: [] }

const summary = (title: string, outlet = 'example.org', of = item): string =>
  explainMatch(of, documentOf({ title, text: '', outlet })).summary

describe('an explanation of a match', () => {
  it('says what met each part', () => {
    expect(summary('OpenAI ships GPT5')).toBe(
      'It matches: subject met by "GPT5" in the title; context met by "OpenAI" in the title.',
    )
  })

  it('says where the outlet met the context', () => {
    expect(summary('GPT-5 is here', 'openai.com')).toBe(
      'It matches: subject met by "GPT-5" in the title; context met by the outlet openai.com (openai).',
    )
  })

  it('says what is missing', () => {
    expect(summary('GPT-5 is here')).toBe(
      'It does not match: subject met by "GPT-5" in the title; no context word occurs ("OpenAI", "Altman").',
    )
  })

  it.each([
    ['OpenAI ships GPT-5 mini', 'GPT-5 mini'],
    ['OpenAI ships GPT-5.1', 'GPT-5.1'],
    ['OpenAI ships GPT-5o', 'GPT-5o'],
  ])('names the other product that was taken for the subject: %s', (title, other) => {
    expect(summary(title)).toBe(
      `It does not match: no subject word occurs ("GPT-5"); "${other}" in the title is another product or version; ` +
        'context met by "OpenAI" in the title.',
    )
  })
})
