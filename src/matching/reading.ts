import type { Document } from './document.ts'
import { domainKey, outletNameTerm } from './term-key.ts'
import { farthestNear } from './query-lexer.ts'
import { outletDomains, outletNames } from './outlet-name.ts'
import { ownString } from './own-string.ts'
import { PairTable } from './pair-table.ts'
import { splitSentences } from './sentence.ts'
import { hasPrefix, holdsDigit, Spellings, termOf } from './spellings.ts'
import { hashOf, isExtended, isShouted } from './text.ts'
import { TextCodes } from './text-codes.ts'
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

/**
 * One document as the numbers of the query terms in it: which occur, and where. The arrays are used again from document to
 * document: what was written for an earlier one is told by its `epoch`. What is asked for each word is kept small and in
 * arrays of its own, so that it stays in the processor's caches.
 */
export class Reading {
  /** Counts the documents, from the least number again after the greatest, as Int32Array has them; never 0. */
  epoch = 0
  /** By term: the epoch of the last document in which it occurred. */
  #lastSeen = new Int32Array(64)
  /** By term: in how many documents it occurred. */
  #documents = new Int32Array(64)
  /** The terms that occur, each once: `present[0 … presentCount)`. */
  present = new Int32Array(64)
  presentCount = 0
  /** By position: the term of the word that stands there, and 1 where the token is `extended`. */
  termAt = new Int32Array(256)
  extendedAt = new Int32Array(256)
  /** Term and position of each beginning of a word that is a term. */
  readonly #prefixes: number[] = []
  /** By position: its sentence; see `sentencesAt`. */
  #sentenceAt = new Int32Array(256)
  #parts: readonly Part[] = []
  #knowsSentences = false
  titleEnd = 0
  end = 0
  readonly #pairs = new PairTable()
  /** By term: 1 where some pair begins with it. */
  #startsPair = new Uint8Array(64)
  #readsOutlets = false
  readonly #outletKeys = new Map<string, readonly Key[]>()
  readonly #vocabulary: Vocabulary
  readonly #spellings: Spellings
  readonly #codes = new TextCodes()

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
    return this.#lastSeen[term] === this.epoch
  }

  /** In how many documents the term occurred. */
  documentsWith(term: number): number {
    return this.#documents[term] ?? 0
  }

  /** The first position from `from` and before `limit` at which the word, or the beginning of a word, stands; or `absent`. */
  nextPosition(term: number, from: number, limit: number): number {
    for (let position = from; position < limit; position += 1) {
      if (this.termAt[position] === term) return position
    }
    for (let at = 0; at < this.#prefixes.length; at += 2) {
      const position = this.#prefixes[at + 1] ?? 0
      if (this.#prefixes[at] === term && position >= from && position < limit) return position
    }
    return absent
  }

  /** Whether a position and the one behind it belong to one sentence. Most documents are done with without splitting them. */
  goesOn(position: number): boolean {
    if (!this.#knowsSentences) {
      if (this.#isBesideItsNext(position)) return true
      this.#readSentences()
    }
    return this.#sentenceAt[position] === this.#sentenceAt[position + 1]
  }

  /** Only a space between them, and no acronym before it, which may hold the end of a sentence ("it.A"): no sentence ends there. */
  #isBesideItsNext(position: number): boolean {
    const part = this.#parts.findLast(({ from }) => position >= from)
    if (part === undefined) return false
    const at = (position - part.from) * 2
    const end = part.words[at + 1] ?? 0
    if (part.words[at + 2] !== end + 1 || part.raw.charCodeAt(end) !== 0x20) return false
    return part.raw.charCodeAt((part.words[at] ?? 0) + 1) !== 0x2e
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
    this.epoch = (this.epoch + 1) | 0 || 1
    this.presentCount = 0
    this.#prefixes.length = 0
    this.#knowsSentences = false
    this.#lastSeen = withRoom(this.#lastSeen, size)
    this.#documents = withRoom(this.#documents, size)
    this.present = withRoom(this.present, size)
    this.#spellings.refresh()
    if (length <= this.termAt.length) return
    this.termAt = withRoom(this.termAt, length)
    this.extendedAt = withRoom(this.extendedAt, length)
  }

  #readPart({ raw, words, from }: Part): void {
    const spelled = { raw, codes: this.#codes.of(raw), shouted: isShouted(raw, words) }
    let before: number = absent
    for (let at = 0; at < words.length; at += 2) {
      const start = words[at] ?? 0
      const end = words[at + 1] ?? 0
      const known = this.#spellings.of(spelled, start, end)
      const position = from + at / 2
      const term = termOf(known)
      this.termAt[position] = term
      this.extendedAt[position] = holdsDigit(known) && isExtended(raw, words, at) ? 1 : 0
      if (term !== absent) this.#noteWord(before, term, position)
      before = term
      if (hasPrefix(known)) {
        for (const prefix of this.#spellings.prefixesOf(raw.slice(start, end))) {
          this.#note(prefix)
          this.#prefixes.push(prefix, position)
        }
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
    this.#note(term)
    if (before === absent || this.#startsPair[before] !== 1) return
    const pair = this.#pairs.find(before, term)
    if (pair !== absent && this.goesOn(position - 1)) this.#note(pair)
  }

  #note(term: number): void {
    if (this.#lastSeen[term] === this.epoch) return
    this.#lastSeen[term] = this.epoch
    this.#documents[term] = (this.#documents[term] ?? 0) + 1
    this.present[this.presentCount] = term
    this.presentCount += 1
  }

  #readOutlet(outlet: string): void {
    for (const { term, hash } of this.#keysOf(outlet)) {
      const known = this.#vocabulary.find(term, hash)
      if (known !== absent) this.#note(known)
    }
  }

  #keysOf(outlet: string): readonly Key[] {
    const known = this.#outletKeys.get(outlet)
    if (known !== undefined) return known
    const own = ownString(outlet)
    const terms = [...outletDomains(own).map(domainKey), ...outletNames(own).map(outletNameTerm)]
    const keys = terms.map((term) => ({ term, hash: hashOf(term) }))
    if (this.#outletKeys.size >= outletsRemembered) this.#outletKeys.clear()
    this.#outletKeys.set(own, keys)
    return keys
  }
}
