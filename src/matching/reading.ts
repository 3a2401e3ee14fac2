import type { Document } from './document.ts'
import { domainKey, outletNameTerm } from './term-key.ts'
import { farthestNear } from './query-lexer.ts'
import { outletDomains, outletNames } from './outlet-name.ts'
import { PairTable } from './pair-table.ts'
import { splitSentences } from './sentence.ts'
import { hasPrefix, holdsDigit, Spellings, termOf } from './spellings.ts'
import { hashOf, isExtended, isShouted } from './text.ts'
import { withRoom } from './typed-array.ts'
import { absent, type Vocabulary } from './vocabulary.ts'

/** Positions of title and text lie further apart than NEAR may reach. */
const fieldGap = farthestNear + 1

const outletsRemembered = 10_000

interface Key {
  readonly term: string
  readonly hash: number
}

/** Title or text: its words, and the position of the first of them. */
interface Part {
  readonly raw: string
  readonly words: readonly number[]
  readonly from: number
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
  /** By position: the term that stands there, and 1 where the token is `extended`. */
  termAt = new Int32Array(256)
  extendedAt = new Int32Array(256)
  /** By position: its sentence; see `sentencesAt`. */
  #sentenceAt = new Int32Array(256)
  #parts: readonly Part[] = []
  #knowsSentences = false
  titleEnd = 0
  end = 0
  /** By occurrence: its position, and the next of the same term, or `absent`. */
  positionOf = new Int32Array(256)
  nextOccurrence = new Int32Array(256)
  #occurrences = 0
  readonly #pairs = new PairTable()
  /** By term: 1 where some pair begins with it. */
  #startsPair = new Uint8Array(64)
  #readsOutlets = false
  readonly #outletKeys = new Map<string, readonly Key[]>()
  readonly #vocabulary: Vocabulary
  readonly #spellings: Spellings

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary
    this.#spellings = new Spellings(vocabulary)
  }

  /** From now on words are also looked up by their first letters. */
  expectPrefix(prefix: string): void {
    this.#spellings.expectPrefix(prefix)
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

  /** By position: the number of its sentence. Most documents are done with before anybody asks. */
  sentencesAt(): Int32Array {
    if (!this.#knowsSentences) this.#readSentences()
    return this.#sentenceAt
  }

  /**
   * Reads a document; what was read before is forgotten. It is read by the offsets of its words, without making tokens: of
   * most documents nobody wants more than which terms they hold.
   */
  read({ title, text, outlet }: Document): void {
    const { words: titleWords } = title
    const { words: textWords } = text
    this.titleEnd = titleWords.length / 2
    const textStart = this.titleEnd + fieldGap
    this.end = textStart + textWords.length / 2
    this.#prepare(this.end)
    this.termAt.fill(absent, this.titleEnd, textStart)
    this.#parts = [
      { raw: title.raw, words: titleWords, from: 0 },
      { raw: text.raw, words: textWords, from: textStart },
    ]
    for (const part of this.#parts) this.#readPart(part)
    if (this.#readsOutlets) this.#readOutlet(outlet)
  }

  #prepare(length: number): void {
    const { size } = this.#vocabulary
    this.epoch += 1
    this.presentCount = 0
    this.#occurrences = 0
    this.#knowsSentences = false
    this.terms = withRoom(this.terms, size * termStride)
    this.present = withRoom(this.present, size)
    this.#spellings.refresh()
    if (length <= this.termAt.length) return
    this.termAt = withRoom(this.termAt, length)
    this.extendedAt = withRoom(this.extendedAt, length)
  }

  #readPart({ raw, words, from }: Part): void {
    const shouted = isShouted(raw, words)
    let before: number = absent
    for (let at = 0; at < words.length; at += 2) {
      const start = words[at] ?? 0
      const end = words[at + 1] ?? 0
      const known = this.#spellings.of(raw, start, end, shouted)
      const position = from + at / 2
      const term = termOf(known)
      this.termAt[position] = term
      this.extendedAt[position] = holdsDigit(known) && isExtended(raw, words, at) ? 1 : 0
      if (term !== absent) this.#noteWord(before, term, position)
      before = term
      if (hasPrefix(known)) {
        for (const prefix of this.#spellings.prefixesOf(raw.slice(start, end))) this.#note(prefix, position)
      }
    }
  }

  #readSentences(): void {
    this.#knowsSentences = true
    this.#sentenceAt = withRoom(this.#sentenceAt, this.end)
    let number = 0
    for (const { raw, words, from } of this.#parts) {
      let at = 0
      for (const { end } of splitSentences(raw)) {
        for (; at < words.length && (words[at] ?? 0) < end; at += 2) this.#sentenceAt[from + at / 2] = number
        number += 1
      }
    }
  }

  /** Notes a term, and the pair that it makes with the term right before it in its sentence. */
  #noteWord(before: number, term: number, position: number): void {
    this.#note(term, position)
    if (before === absent || this.#startsPair[before] !== 1) return
    const pair = this.#pairs.find(before, term)
    if (pair === absent) return
    const sentences = this.sentencesAt()
    if (sentences[position] === sentences[position - 1]) this.#note(pair, position - 1)
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
