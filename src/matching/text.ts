import { characterClass, classify } from './character.ts'
import { formsOf } from './normal-form.ts'
import { splitSentences, type SentenceRange } from './sentence.ts'
import { namesVariant } from './variant.ts'

/** One word of a text. */
export interface Token {
  /** What is compared: folded, without possessive and plural ("OpenAI's": "openai", "weights": "weight"). */
  readonly norm: string
  /** The word as written, but folded ("weights", "openai's"). */
  readonly word: string
  /** 32-bit hash of `norm`, so that nobody hashes it again. */
  readonly hash: number
  /** [start, end) in `raw`. */
  readonly start: number
  readonly end: number
  /** Place of its sentence in `sentences`. */
  readonly sentence: number
  /** Joined to the word before by a hyphen, without a space. */
  readonly hyphenated: boolean
  /** Ends in a version number that the next word makes into another product's ("5" in "GPT-5 mini", "R2" in "R2-D2"). */
  readonly extended: boolean
}

/** A sentence: [start, end) in `raw`, and its tokens [firstToken, endToken). */
export interface Sentence extends SentenceRange {
  readonly firstToken: number
  readonly endToken: number
}

/** A text with its words and sentences, all with offsets into `raw`, so that quotes and marks are verbatim. */
export interface Text {
  readonly raw: string
  readonly tokens: readonly Token[]
  readonly sentences: readonly Sentence[]
}

/** FNV-1a over UTF-16 units, as a signed 32-bit integer. */
export const hashOf = (norm: string): number => {
  let hash = 0x811c9dc5 | 0
  for (let i = 0; i < norm.length; i += 1) hash = Math.imul(hash ^ norm.charCodeAt(i), 0x01000193)
  return hash
}

/** Three words in capitals are shouting, fewer may be a name: two offsets a word. */
const fewestShouted = 6

/** Finds the words and sentences of a plain text. Never throws. */
export const tokenize = (raw: string): Text => {
  const ranges = splitSentences(raw)
  const words = wordRanges(raw)
  const shouted = words.length >= fewestShouted && raw === raw.toUpperCase()
  const tokens: Token[] = []
  const sentences: Sentence[] = []
  let at = 0
  for (const [index, range] of ranges.entries()) {
    const firstToken = tokens.length
    while (at < words.length && (words[at] ?? 0) < range.end) {
      tokens.push(tokenAt(raw, words, at, index, shouted))
      at += 2
    }
    sentences.push({ ...range, firstToken, endToken: tokens.length })
  }
  return { raw, tokens, sentences }
}

const tokenAt = (
  raw: string,
  words: readonly number[],
  at: number,
  sentence: number,
  shouted: boolean,
): Token => {
  const start = words[at] ?? 0
  const end = words[at + 1] ?? 0
  const { word, norm } = formsOf(raw.slice(start, end), shouted)
  return {
    norm,
    word,
    hash: hashOf(norm),
    start,
    end,
    sentence,
    hyphenated: at > 0 && isHyphen(raw, words[at - 1] ?? 0, start),
    extended: isExtended(raw, words, at),
  }
}

const isHyphen = (raw: string, from: number, to: number): boolean =>
  to - from === 1 && classify(raw.charCodeAt(from)) === characterClass.hyphen

const isExtended = (raw: string, words: readonly number[], at: number): boolean => {
  const end = words[at + 1] ?? 0
  const nextStart = words[at + 2]
  if (nextStart === undefined || nextStart - end !== 1) return false
  if (!hasDigit(raw, words[at] ?? 0, end) || /['’]s$/.test(raw.slice(end - 2, end))) return false
  const hyphenated = isHyphen(raw, end, nextStart)
  if (!hyphenated && !/\s/.test(raw.charAt(end))) return false
  const next = raw.slice(nextStart, words[at + 3])
  return namesVariant(next.toLowerCase(), next, hyphenated)
}

const hasDigit = (raw: string, from: number, to: number): boolean => {
  for (let at = from; at < to; at += 1) if (classify(raw.charCodeAt(at)) === characterClass.digit) return true
  return false
}

const segmenter = new Intl.Segmenter('und', { granularity: 'word' })
const acronym = /\p{L}(?:\.\p{L})+(?!\p{L}|\.\p{L})/uy
const elision = /(?:[ldjmnstc]|qu|jusqu|lorsqu|puisqu)['’](?=\p{L}{2})/iuy

/** The words' offsets: start, end, start, end … */
const wordRanges = (raw: string): number[] => {
  const ranges: number[] = []
  let at = 0
  while (at < raw.length) {
    const code = raw.codePointAt(at) ?? 0
    const kind = classify(code)
    if (kind === characterClass.letter || kind === characterClass.digit) {
      const end = endOfWord(raw, at)
      ranges.push(at, end)
      at = end
    } else if (kind === characterClass.unspaced) {
      const end = endOfRun(raw, at)
      pushSegments(ranges, raw, at, end)
      at = end
    } else {
      at += code > 0xffff ? 2 : 1
    }
  }
  return ranges
}

const endOfRun = (raw: string, from: number): number => {
  let at = from
  while (at < raw.length) {
    const code = raw.codePointAt(at) ?? 0
    if (classify(code) !== characterClass.unspaced) break
    at += code > 0xffff ? 2 : 1
  }
  return at
}

const pushSegments = (ranges: number[], raw: string, from: number, to: number): void => {
  for (const segment of segmenter.segment(raw.slice(from, to))) {
    if (segment.isWordLike !== true) continue
    ranges.push(from + segment.index, from + segment.index + segment.segment.length)
  }
}

const endOfWord = (raw: string, from: number): number => {
  if (raw.charCodeAt(from + 1) === 0x2e) {
    acronym.lastIndex = from
    if (acronym.test(raw)) return acronym.lastIndex
  }
  elision.lastIndex = from
  if (elision.test(raw)) return elision.lastIndex - 1
  let at = from
  while (at < raw.length) {
    const code = raw.codePointAt(at) ?? 0
    const kind = classify(code)
    if (at > from && isHangul(code) !== isHangul(raw.charCodeAt(at - 1))) break
    if (kind === characterClass.letter || kind === characterClass.digit) at += code > 0xffff ? 2 : 1
    else if (joinsWord(raw, at, kind)) at += 1
    else break
  }
  return pastSigns(raw, from, at)
}

/** Korean writes particles to foreign names ("OpenAI가"): a word ends where its script changes to or from Hangul. */
const isHangul = (code: number): boolean => code >= 0xac00 && code <= 0xd7af

/** Whether the mark at `at` stands inside a word: "don't", "5.1", "1,000", "AT&T", a soft hyphen. */
const joinsWord = (raw: string, at: number, kind: number): boolean => {
  const before = classify(raw.charCodeAt(at - 1))
  const after = classify(raw.codePointAt(at + 1) ?? 0x20)
  if (kind === characterClass.ignorable)
    return after === characterClass.letter || after === characterClass.digit
  if (kind === characterClass.apostrophe) return after === characterClass.letter && before !== kind
  const mark = raw.charCodeAt(at)
  if (mark === 0x2e) return before === characterClass.digit && after === characterClass.digit
  if (mark === 0x2c) return before === characterClass.digit && /^\d{3}(?!\d)/.test(raw.slice(at + 1, at + 5))
  // the letter after it must belong to this word: Chinese and Japanese begin another one
  if (mark !== 0x26 || after !== characterClass.letter) return false
  return /^(?:\p{Lu}&\p{Lu}|\p{L}&\p{L}(?!\p{L}))/u.test(raw.slice(at - 1, at + 3))
}

/** "C++", "C#": the signs belong to the name. */
const pastSigns = (raw: string, from: number, end: number): number => {
  if (raw.charCodeAt(end) === 0x2b && raw.charCodeAt(end + 1) === 0x2b) return end + 2
  return end - from === 1 && raw.charCodeAt(end) === 0x23 ? end + 1 : end
}
