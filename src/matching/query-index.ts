import { planAnchors } from './anchors.ts'
import type { Document } from './document.ts'
import { PostingLists } from './posting-lists.ts'
import { compile, type CodeSink } from './program.ts'
import { leavesOf, type Query } from './query-tree.ts'
import { Reading } from './reading.ts'
import { hashOf } from './text.ts'
import { withRoom } from './typed-array.ts'
import { Verifier } from './verify.ts'
import { absent, Vocabulary } from './vocabulary.ts'

/** Counts of term keys; what is not counted occurred nowhere. */
export type Frequencies = ReadonlyMap<string, number>

/** Compiled queries under their anchors. Queries are known by small numbers, which the caller gives out. */
export class QueryIndex {
  /** Words of code that belong to queries no longer there. */
  wasted = 0
  codeLength = 0
  readonly #vocabulary = new Vocabulary()
  readonly #reading = new Reading(this.#vocabulary)
  readonly #verifier = new Verifier(new Int32Array(1024), this.#reading)
  readonly #anchors = new PostingLists()
  /** By query: where its program starts and how long it is, its last posting, and the last document it was tried on. */
  #starts = new Int32Array(64)
  #lengths = new Int32Array(64)
  #lastPostings = new Int32Array(64)
  #tried = new Int32Array(64)
  /** By term: in how many documents it occurred. */
  #documents = new Int32Array(64)
  readonly #frequencies: Frequencies
  readonly #sink: CodeSink = {
    write: (numbers) => this.#write(numbers),
    termOf: (key) => this.#termOf(key),
  }

  /** `frequencies`: in how many documents each term was seen so far; anchors are chosen by them. */
  constructor(frequencies: Frequencies) {
    this.#frequencies = frequencies
  }

  /** Adds a query under a number that is not in use. Throws a RangeError for a pure negative query. */
  add(query: number, tree: Query): void {
    const plan = planAnchors(tree, (key) => this.#frequencyOf(key))
    if (plan === null) {
      throw new RangeError(
        'A query must ask for at least one word; one that only excludes would meet nearly everything.',
      )
    }
    this.#makeRoom(query)
    this.#expect(tree)
    const before = this.codeLength
    this.#starts[query] = compile(tree, this.#sink)
    this.#lengths[query] = this.codeLength - before
    let posting: number = absent
    for (const { anchor, filter } of plan.anchors) {
      const filterTerm = filter === null ? absent : this.#termOf(filter)
      posting = this.#anchors.add(query, this.#termOf(anchor), filterTerm, posting)
    }
    this.#lastPostings[query] = posting
  }

  /** Removes a query that was added. */
  remove(query: number): void {
    this.#anchors.removeAll(this.#lastPostings[query] ?? absent)
    this.wasted += this.#lengths[query] ?? 0
  }

  /** The numbers of the queries that the document meets, in no order, appended to `met`. */
  match(document: Document, met: number[]): void {
    const reading = this.#reading
    reading.read(document)
    const { epoch, seen, present, presentCount } = reading
    const { first, postings } = this.#anchors
    const { length } = first
    for (let index = 0; index < presentCount; index += 1) {
      const term = present[index] ?? 0
      this.#documents[term] = (this.#documents[term] ?? 0) + 1
      if (term >= length) continue
      for (let at = first[term] ?? absent; at !== absent; at = postings[at + 2] ?? absent) {
        const filter = postings[at + 1] ?? absent
        if (filter !== absent && seen[filter] !== epoch) continue
        const query = postings[at] ?? 0
        if (this.#tried[query] === epoch) continue
        this.#tried[query] = epoch
        if (this.#verifier.meets(this.#starts[query] ?? 0)) met.push(query)
      }
    }
  }

  /** In how many documents each term was seen, in this index and before it. */
  frequencies(): Frequencies {
    const counted = new Map(this.#frequencies)
    for (const [term, key] of this.#vocabulary.terms.entries()) counted.set(key, this.#frequencyOf(key, term))
    return counted
  }

  #frequencyOf(key: string, term = this.#vocabulary.find(key, hashOf(key))): number {
    return (this.#frequencies.get(key) ?? 0) + (term === absent ? 0 : (this.#documents[term] ?? 0))
  }

  #makeRoom(query: number): void {
    this.#starts = withRoom(this.#starts, query + 1)
    this.#lengths = withRoom(this.#lengths, query + 1)
    this.#lastPostings = withRoom(this.#lastPostings, query + 1)
    this.#tried = withRoom(this.#tried, query + 1)
    this.#tried[query] = 0
  }

  #write(numbers: readonly number[]): number {
    const at = this.codeLength
    this.codeLength += numbers.length
    this.#verifier.code = withRoom(this.#verifier.code, this.codeLength)
    this.#verifier.code.set(numbers, at)
    return at
  }

  #termOf(key: string): number {
    const term = this.#vocabulary.intern(key, hashOf(key))
    this.#documents = withRoom(this.#documents, term + 1)
    return term
  }

  /** Tells the reading what to look up beside plain words. */
  #expect(tree: Query): void {
    for (const leaf of leavesOf(tree)) {
      if (leaf.kind === 'prefix') this.#reading.expectPrefix(leaf.prefix)
      if (leaf.kind === 'outlet' || leaf.kind === 'outlet-name') this.#reading.expectOutlets()
    }
  }
}
