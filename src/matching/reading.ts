import type { Document } from './document.ts'
import { domainKey, outletNameTerm, prefixKey, starUnit } from './term-key.ts'
import { farthestNear } from './query-lexer.ts'
import { outletDomains, outletNames } from './outlet-name.ts'
import { PairTable } from './pair-table.ts'
import { hashOf, type Text, type Token } from './text.ts'
import { withRoom } from './typed-array.ts'
import { absent, type Vocabulary } from './vocabulary.ts'

/** Positions of title and text lie further apart than NEAR may reach. */
const fieldGap = farthestNear + 1

const outletsRemembered = 10_000

interface Key {
  readonly term: string
  readonly hash: number
}

/** What is known of each term, side by side: see `Reading.terms`. */
export const termStride = 4

/**
 * One document as the numbers of the query terms in it: which occur, and where. The arrays are used again from document to
 * document: what was written for an earlier one is told by its `epoch`.
 */
export class Reading {
  /** Counts the documents. */
  epoch = 0
  /**
   * By term, from `[term * termStride]`: the epoch of the last document in which it occurred, its first occurrence there, its
   * last one, and in how many documents it occurred.
   */
  terms = new Int32Array(termStride * 64)
  /** The terms that occur, each once: `present[0 … presentCount)`. */
  present = new Int32Array(64)
  presentCount = 0
  /** By position: the term that stands there, its sentence, and 1 where the token is `extended`. */
  termAt = new Int32Array(256)
  sentenceAt = new Int32Array(256)
  extendedAt = new Int32Array(256)
  titleEnd = 0
  end = 0
  /** By occurrence: its position, and the next of the same term, or `absent`. */
  positionOf = new Int32Array(256)
  nextOccurrence = new Int32Array(256)
  #occurrences = 0
  readonly #pairs = new PairTable()
  /** By term: 1 where some pair begins with it. */
  #startsPair = new Uint8Array(64)
  #prefixLengths: number[] = []
  #readsOutlets = false
  readonly #outletKeys = new Map<string, readonly Key[]>()
  readonly #vocabulary: Vocabulary

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary
  }

  /** From now on words are also looked up by their first letters. */
  expectPrefix(prefix: string): void {
    if (this.#prefixLengths.includes(prefix.length)) return
    this.#prefixLengths = [...this.#prefixLengths, prefix.length].sort((a, b) => a - b)
  }

  /** The term of two terms side by side in one sentence, or `absent`. */
  pairOf(first: number, second: number): number {
    return this.#pairs.find(first, second)
  }

  /** From now on the two terms side by side in one sentence are the term `pair`. */
  expectPair(first: number, second: number, pair: number): void {
    this.#pairs.add(first, second, pair)
    if (first >= this.#startsPair.length) {
      const longer = new Uint8Array(Math.max(first + 1, this.#startsPair.length * 2))
      longer.set(this.#startsPair)
      this.#startsPair = longer
    }
    this.#startsPair[first] = 1
  }

  /** From now on outlets are looked up too. */
  expectOutlets(): void {
    this.#readsOutlets = true
  }

  /** Whether the term occurs in the document. */
  has(term: number): boolean {
    return this.terms[term * termStride] === this.epoch
  }

  /** In how many documents the term occurred. */
  documentsWith(term: number): number {
    return this.terms[term * termStride + 3] ?? 0
  }

  /** Reads a document; what was read before is forgotten. */
  read(document: Document): void {
    const titleLength = document.title.tokens.length
    const textStart = titleLength + fieldGap
    this.#prepare(textStart + document.text.tokens.length)
    this.termAt.fill(absent, titleLength, textStart)
    this.titleEnd = titleLength
    this.end = textStart + document.text.tokens.length
    this.#readText(document.title, 0, 0)
    this.#readText(document.text, textStart, document.title.sentences.length)
    if (this.#readsOutlets) this.#readOutlet(document.outlet)
  }

  #prepare(length: number): void {
    const { size } = this.#vocabulary
    this.epoch += 1
    this.presentCount = 0
    this.#occurrences = 0
    this.terms = withRoom(this.terms, size * termStride)
    this.present = withRoom(this.present, size)
    if (length <= this.termAt.length) return
    this.termAt = withRoom(this.termAt, length)
    this.sentenceAt = withRoom(this.sentenceAt, length)
    this.extendedAt = withRoom(this.extendedAt, length)
  }

  #readText(text: Text, from: number, firstSentence: number): void {
    const { tokens } = text
    const vocabulary = this.#vocabulary
    let before: number = absent
    let sentence = -1
    for (let index = 0; index < tokens.length; index += 1) {
      const token = tokens[index]
      if (token === undefined) return
      const position = from + index
      const term = vocabulary.find(token.norm, token.hash)
      this.termAt[position] = term
      this.sentenceAt[position] = firstSentence + token.sentence
      this.extendedAt[position] = token.extended ? 1 : 0
      if (term !== absent) {
        this.#note(term, position)
        if (before !== absent && this.#startsPair[before] === 1 && token.sentence === sentence) {
          const pair = this.#pairs.find(before, term)
          if (pair !== absent) this.#note(pair, position - 1)
        }
      }
      before = term
      sentence = token.sentence
      if (this.#prefixLengths.length > 0) this.#notePrefixes(token, position)
    }
  }

  #note(term: number, position: number): void {
    const occurrence = this.#occurrences
    this.#occurrences += 1
    if (occurrence >= this.positionOf.length) {
      this.positionOf = withRoom(this.positionOf, occurrence + 1)
      this.nextOccurrence = withRoom(this.nextOccurrence, occurrence + 1)
    }
    this.positionOf[occurrence] = position
    this.nextOccurrence[occurrence] = absent
    const { terms } = this
    const at = term * termStride
    if (terms[at] === this.epoch) {
      this.nextOccurrence[terms[at + 2] ?? 0] = occurrence
    } else {
      terms[at] = this.epoch
      terms[at + 1] = occurrence
      terms[at + 3] = (terms[at + 3] ?? 0) + 1
      this.present[this.presentCount] = term
      this.presentCount += 1
    }
    terms[at + 2] = occurrence
  }

  #notePrefixes({ word }: Token, position: number): void {
    let hash = hashOf('')
    let read = 0
    for (const length of this.#prefixLengths) {
      if (length > word.length) return
      for (; read < length; read += 1) hash = Math.imul(hash ^ word.charCodeAt(read), 0x01000193)
      const starred = Math.imul(hash ^ starUnit, 0x01000193)
      if (!this.#vocabulary.holds(starred)) continue
      const term = this.#vocabulary.find(prefixKey(word.slice(0, length)), starred)
      if (term !== absent) this.#note(term, position)
    }
  }

  #readOutlet(outlet: string): void {
    for (const { term, hash } of this.#keysOf(outlet)) {
      const known = this.#vocabulary.find(term, hash)
      if (known !== absent) this.#note(known, this.end)
    }
  }

  #keysOf(outlet: string): readonly Key[] {
    const known = this.#outletKeys.get(outlet)
    if (known !== undefined) return known
    const terms = [...outletDomains(outlet).map(domainKey), ...outletNames(outlet).map(outletNameTerm)]
    const keys = terms.map((term) => ({ term, hash: hashOf(term) }))
    if (this.#outletKeys.size >= outletsRemembered) this.#outletKeys.clear()
    this.#outletKeys.set(outlet, keys)
    return keys
  }
}
