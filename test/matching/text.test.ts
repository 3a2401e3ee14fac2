import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tokenize } from '../../src/matching/text.ts'

const norms = (raw: string): string =>
  tokenize(raw)
    .tokens.map(({ norm }) => norm)
    .join(' ')

describe('the normal form of a word', () => {
  it.each<[one: string, same: string]>([
    ['model', 'models'],
    ['model', 'MODELS'],
    ['open-weight model', 'open weights model'],
    ['open-weight model', 'open‑weight models'],
    ['open-weight model', 'Open–Weight Models'],
    ['OpenAI', 'OpenAI’s'],
    ['OpenAI', "OpenAI's"],
    ['users', "users'"],
    ['policy', 'policies'],
    ['movie', 'movies'],
    ['box', 'boxes'],
    ['class', 'classes'],
    ['release', 'releases'],
    ['launch', 'launches'],
    ['cache', 'caches'],
    ['process', 'processes'],
    ['virus', 'viruses'],
    ['status', 'statuses'],
    ['bus', 'buses'],
    ['use', 'uses'],
    ['house', 'houses'],
    ['phase', 'phases'],
    ['hero', 'heroes'],
    ['tie', 'ties'],
    ['safeguard', 'safeguards'],
    ['AI', 'AIs'],
    ['TV', 'TVs'],
    ['API', 'APIs'],
    ['A.I.', 'AI'],
    ['U.S.', 'US'],
    ['U.S.', 'US’s'],
    ['analysis', 'analyses'],
    ['child', 'children'],
    ['don’t', "don't"],
    ['café', 'cafe'],
    ['cafe\u0301', 'café'],
    ['Łódź', 'lodz'],
    ['STRASSE', 'straße'],
    ['ＧＰＴ－５', 'GPT-5'],
    ['ﬁrmware', 'firmware'],
    ['soft\u00adware', 'software'],
    ['1,000', '1000'],
    ['v1.2', '1.2'],
    ['3.14.0', '3.14'],
    ['1.0.0', '1.0'],
    ['AT&T', 'at&t'],
    ['C++', 'c++'],
    ['ΟΔΥΣΣΕΥΣ', 'οδυσσευς'],
  ])('%s and %s are one', (one, same) => {
    expect(norms(one)).toBe(norms(same))
  })

  it.each<[one: string, other: string]>([
    ['new', 'news'],
    ['window', 'Windows'],
    ['len', 'lens'],
    ['us', 'US'],
    ['who', 'WHO'],
    ['it', 'IT'],
    ['ice', 'ICE'],
    ['use', 'us'],
    ['well', 'we’ll'],
    ['were', 'we’re'],
    ['release', 'released'],
    ['release', 'releasing'],
    ['C', 'C++'],
    ['C', 'C#'],
    ['5', '5.1'],
    ['5', '5o'],
    ['V3', '3'],
    ['1.0', '1'],
    ['13', '13.1'],
    ['R2', 'R'],
    ['cat', 'concatenate'],
    ['bas', 'bass'],
  ])('%s and %s are two', (one, other) => {
    expect(norms(one)).not.toBe(norms(other))
  })

  it('a text all in capitals tells no acronym', () => {
    expect(norms('WHO TOLD US')).toBe(norms('who told us'))
    expect(norms('The WHO told us')).toBe('the WHO told us')
  })

  it.each<[raw: string, words: string]>([
    ['GPT-5.1 (R2-D2)', 'gpt 5.1 r2 d2'],
    ['It is GPT-5.', 'it is gpt 5'],
    ['d’Apple et l’Europe', 'd apple et l europe'],
    ["O'Reilly", "o'reilly"],
    ['openai.com/index', 'openai com index'],
    ['Node.js', 'node js'],
    ['snake_case', 'snake case'],
    ['@OpenAI #GPT5 $5 50%', 'openai gpt5 5 50'],
    ['this—that', 'this that'],
    ['this--that', 'this that'],
    ['either/or', 'either or'],
    ['1,2 and 3', '1 2 and 3'],
    ['Llama™ 4®', 'llama 4'],
    ['👩‍💻 code 🎉', 'code'],
    ['', ''],
    ['… — !', ''],
  ])('%s holds the words %s', (raw, words) => {
    expect(norms(raw)).toBe(words)
  })

  it('finds the words of scripts that write no spaces', () => {
    expect(norms('東京電力は人工知能を発表')).toBe('東京 電力 は 人工 知能 を 発表')
    expect(norms('OpenAIがGPT-5を発表')).toBe('openai が gpt 5 を 発表')
    expect(norms('กรุงเทพมหานคร เปิดตัว').split(' ').length).toBeGreaterThan(1)
  })
})

it('parts Korean particles from names and nouns', () => {
  expect(norms('OpenAI가 삼성전자는 국가를 GPT-5로')).toBe('openai 가 삼성전자 국가 gpt 5 로')
})

describe('a version that the next word makes into another product', () => {
  const extended = (raw: string): string[] =>
    tokenize(raw)
      .tokens.filter((token) => token.extended)
      .map(({ word }) => word)

  it.each([
    ['GPT-5 mini', '5'],
    ['GPT-5-mini', '5'],
    ['GPT-5 nano is out', '5'],
    ['GPT-5 Codex', '5'],
    ['iPhone 17 Pro', '17'],
    ['iPhone 17 Air', '17'],
    ['R2-D2', 'r2'],
    ['Llama 4-Scout', '4'],
    ['Gemini 3-Pro', '3'],
  ])('%s', (raw, version) => {
    expect(extended(raw)).toContain(version)
  })

  it.each([
    ['GPT-5'],
    ['GPT-5 is here'],
    ['GPT-5, mini and all'],
    ['GPT-5. Mini models too'],
    ['GPT-5’s mini sibling'],
    ['a GPT-5-powered app'],
    ['GPT-5-based'],
    ['R2-based storage'],
    ['Llama 4 Scout'],
    ['the iPhone 17 may max out'],
    ['version 5 air travel'],
    ['GPT-5 plus three new models'],
    ['version 5 pro and con'],
  ])('not in %s', (raw) => {
    expect(extended(raw)).toEqual([])
  })
})

it('a date behind a version is a snapshot of the same product', () => {
  const version = tokenize('GPT-5-2025-08-07').tokens.find(({ word }) => word === '5')
  expect(version?.extended).toBe(false)
})

describe('offsets', () => {
  it('lead back to the very characters of the text', () => {
    const raw = 'OpenAI’s “open‑weight” models — ＧＰＴ５ — cost $1,000.'
    const { tokens } = tokenize(raw)
    expect(tokens.map(({ start, end }) => raw.slice(start, end))).toEqual([
      'OpenAI’s',
      'open',
      'weight',
      'models',
      'ＧＰＴ５',
      'cost',
      '1,000',
    ])
  })

  it('hold for any text at all: in order, not empty, inside their sentence', () => {
    const marks = fc.constantFrom(
      '’',
      '-',
      '‑',
      '.',
      ',',
      '&',
      '+',
      '#',
      '\n',
      ' ',
      '\u00ad',
      '\u200d',
      '。',
      'が',
      '5',
      'A.',
      'Dr. ',
    )
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc
        .array(fc.oneof(marks, fc.string({ unit: 'grapheme', maxLength: 4 })), { maxLength: 25 })
        .map((parts) => parts.join('')),
      // Lone halves of surrogate pairs, as broken feeds have them.
      fc
        .array(fc.integer({ min: 0xd7f0, max: 0xe010 }), { maxLength: 20 })
        .map((units) => String.fromCharCode(...units)),
    )
    fc.assert(
      fc.property(text, (raw) => {
        const { tokens, sentences } = tokenize(raw)
        let at = 0
        for (const token of tokens) {
          const sentence = sentences[token.sentence]
          expect(token.start).toBeGreaterThanOrEqual(at)
          expect(token.end).toBeGreaterThan(token.start)
          expect(token.start).toBeGreaterThanOrEqual(sentence?.start ?? Number.POSITIVE_INFINITY)
          expect(token.end).toBeLessThanOrEqual(sentence?.end ?? -1)
          at = token.end
        }
        expect(sentences.reduce((sum, { firstToken, endToken }) => sum + endToken - firstToken, 0)).toBe(
          tokens.length,
        )
      }),
      { numRuns: 6000 },
    )
  })

  it('an ampersand before a script without spaces ends the word', () => {
    expect(tokenize('ꀀ&ぁ x').tokens[0]?.norm).toBe('ꀀ')
  })

  it('a word found in a text is found again when it stands alone', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (raw) => {
        for (const { start, end, norm } of tokenize(`${raw} x`).tokens) {
          const alone = tokenize(`${raw} x`.slice(start, end)).tokens.map((token) => token.norm.toLowerCase())
          expect(alone.join(' ')).toContain(alone.length === 1 ? norm.toLowerCase() : '')
        }
      }),
      { numRuns: 1000 },
    )
  })
})
