import { characterClass, classify } from './character.ts'
import { formsOf } from './normal-form.ts'
import { splitSentences, type SentenceRange } from './sentence.ts'
import { namesVariant } from './variant.ts'
import { wordRanges } from './word-ranges.ts'

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
  /** The words' offsets: start, end, start, end … */
  readonly words: readonly number[]
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

/** Finds the words and sentences of a plain text, from its words' offsets where they are known. Never throws. */
export const tokenize = (raw: string, words: readonly number[] = wordRanges(raw)): Text => {
  const ranges = splitSentences(raw)
  const shouted = isShouted(raw, words)
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
  return { raw, words, tokens, sentences }
}

/** Whether a text is all in capitals, so that capitals tell no acronym. */
export const isShouted = (raw: string, words: readonly number[]): boolean =>
  words.length >= fewestShouted && !/[a-z]/.test(raw) && raw === raw.toUpperCase()

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

/** Whether the word at a place of `words` is `extended`, see Token. */
export const isExtended = (raw: string, words: readonly number[], at: number): boolean => {
  const end = words[at + 1] ?? 0
  const nextStart = words[at + 2]
  if (nextStart === undefined || nextStart - end !== 1) return false
  if (!hasDigit(raw, words[at] ?? 0, end) || /['’]s$/.test(raw.slice(end - 2, end))) return false
  const hyphenated = isHyphen(raw, end, nextStart)
  if (!hyphenated && !/\s/.test(raw.charAt(end))) return false
  const next = raw.slice(nextStart, words[at + 3])
  return namesVariant(next.toLowerCase(), next, hyphenated)
}

/** Whether [from, to) of a text holds a digit. */
export const hasDigit = (raw: string, from: number, to: number): boolean => {
  for (let at = from; at < to; at += 1) if (classify(raw.charCodeAt(at)) === characterClass.digit) return true
  return false
}
