import { fold, formsOf } from './normal-form.ts'
import { prefixKey, starUnit } from './term-key.ts'
import { hasDigit, hashOf } from './text.ts'
import { absent, type Vocabulary } from './vocabulary.ts'
import { WordTable } from './word-table.ts'

const digitBit = 1
const prefixBit = 2
const termShift = 2

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
    if (this.#vocabulary.size === this.#size) return
    this.#known.clear()
    this.#size = this.#vocabulary.size
  }

  /** What there is to know of the word at [start, end) of a text; `shouted`: the text is all in capitals. */
  of(raw: string, start: number, end: number, shouted: boolean): number {
    if (shouted) return this.#describe(raw, start, end, true)
    const known = this.#known.find(raw, start, end)
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
