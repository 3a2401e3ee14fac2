import { fold, formsOf, irregularPlurals } from './normal-form.ts'
import { isPair, prefixKey, starSign, starUnit } from './term-key.ts'
import { hasDigit, hashOf } from './text.ts'
import { absent, type Vocabulary } from './vocabulary.ts'
import { WordTable } from './word-table.ts'

const digitBit = 1
const prefixBit = 2
const termShift = 2

/** What is known of a word that is no term. */
const nothing = (absent + 1) << termShift

/** A text of which words are looked up. */
export interface Spelled {
  readonly raw: string
  readonly codes: Uint16Array
  /** It is all in capitals. */
  readonly shouted: boolean
}

/** A place for each pair of letters from a to z, in which words may begin. */
const letters = 26
const beginnings = letters * letters

/** Which pair two characters are, without regard to case; -1 where they are not both letters from a to z. */
const beginningOf = (one: number, other: number): number => {
  const first = (one | 0x20) - 0x61
  const second = (other | 0x20) - 0x61
  return first >= 0 && first < letters && second >= 0 && second < letters ? first * letters + second : -1
}

/**
 * What the spellings of words come to, worked out when one is first met: its term, whether it holds a digit, and whether a
 * term of the vocabulary is its beginning. All of that in one number.
 */
export class Spellings {
  readonly #vocabulary: Vocabulary
  readonly #known = new WordTable()
  /** The size of the vocabulary that `#known` goes by. */
  #size = 0
  #prefixLengths: readonly number[] = []
  /** By pair of letters: 1 where some term begins so. Few questions have few terms: most words are told by this alone. */
  readonly #begins = new Uint8Array(beginnings)

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary
  }

  /** From now on words are also looked up by their first letters. */
  expectPrefix(prefix: string): void {
    if (this.#prefixLengths.includes(prefix.length)) return
    this.#prefixLengths = [...this.#prefixLengths, prefix.length].sort((a, b) => a - b)
    this.#known.clear()
  }

  /** To be called before words are looked up, where the vocabulary may have grown. */
  refresh(): void {
    const { size, terms } = this.#vocabulary
    if (size === this.#size) return
    // pairs of terms are terms, too, and no word is one
    const words = terms.slice(this.#size).filter((term) => !isPair(term))
    this.#size = size
    if (words.length === 0) return
    this.#known.clear()
    for (const word of words) this.#expectBeginning(word)
  }

  #expectBeginning(term: string): void {
    const plurals = [...irregularPlurals].flatMap(([plural, one]) => (one === term ? [plural] : []))
    for (const spelling of [term, ...plurals]) {
      const beginning = beginningOf(spelling.charCodeAt(0), spelling.charCodeAt(1))
      if (beginning >= 0) this.#begins[beginning] = 1
    }
    // all words of a letter have a prefix of it; other terms whose second character is no letter ("r2") are written with it
    if (term.charAt(1) === starSign) for (let at = 0; at < beginnings; at += 1) this.#begins[at] = 1
  }

  /** What there is to know of the word at [start, end) of a text. */
  of({ raw, codes, shouted }: Spelled, start: number, end: number): number {
    if (end - start > 1) {
      const beginning = beginningOf(codes[start] ?? 0, codes[start + 1] ?? 0)
      if (beginning >= 0 && this.#begins[beginning] === 0) return nothing
    }
    if (shouted) return this.#describe(raw, start, end, true)
    const known = this.#known.find(raw, codes, start, end)
    if (known !== absent) return known
    const found = this.#describe(raw, start, end, false)
    this.#known.put(raw.slice(start, end), found)
    return found
  }

  /** The terms that are beginnings of a word. */
  prefixesOf(spelling: string): number[] {
    const word = fold(spelling)
    const found: number[] = []
    let hash = hashOf('')
    let read = 0
    for (const length of this.#prefixLengths) {
      if (length > word.length) break
      for (; read < length; read += 1) hash = Math.imul(hash ^ word.charCodeAt(read), 0x01000193)
      const starred = Math.imul(hash ^ starUnit, 0x01000193)
      const term = this.#vocabulary.find(prefixKey(word.slice(0, length)), starred)
      if (term !== absent) found.push(term)
    }
    return found
  }

  #describe(raw: string, start: number, end: number, shouted: boolean): number {
    const spelling = raw.slice(start, end)
    const { norm } = formsOf(spelling, shouted)
    const term = this.#vocabulary.find(norm, hashOf(norm)) + 1
    const prefix = this.#prefixLengths.length > 0 && this.prefixesOf(spelling).length > 0 ? prefixBit : 0
    return (term << termShift) | prefix | (hasDigit(raw, start, end) ? digitBit : 0)
  }
}

/** The term of what is known of a word, or `absent`. */
export const termOf = (known: number): number => (known >> termShift) - 1

/** Whether the word holds a digit. */
export const holdsDigit = (known: number): boolean => (known & digitBit) !== 0

/** Whether a term is the beginning of the word. */
export const hasPrefix = (known: number): boolean => (known & prefixBit) !== 0
