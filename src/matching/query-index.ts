import { planAnchors, type AnchorPlan } from './anchors.ts'
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

/** What stands in the code before each program. */
const header = { query: 0, lastTried: 1, entry: 2, length: 3 } as const

/** Compiled queries under their anchors. Queries are known by small numbers, which the caller gives out. */
export class QueryIndex {
  /** How many numbers of code there are, and how many of them belong to queries no longer there. */
  codeLength = 0
  wasted = 0
  readonly #vocabulary = new Vocabulary()
  readonly #reading = new Reading(this.#vocabulary)
  readonly #verifier = new Verifier(new Int32Array(1024), this.#reading)
  readonly #anchors = new PostingLists()
  /** By query: its last posting. */
  #lastPostings = new Int32Array(64)
  readonly #frequencies: Frequencies
  readonly #sink: CodeSink = {
    write: (numbers) => this.#write(numbers),
    termOf: (key) => this.#termOf(key),
  }

  /** `frequencies`: in how many documents each term was seen so far; anchors are chosen by them. */
  constructor(frequencies: Frequencies) {
    this.#frequencies = frequencies
  }

  /** An index of many queries at once: what is known of the most frequent words lies close together. */
  static of(queries: readonly Query[], frequencies: Frequencies): QueryIndex {
    const index = new QueryIndex(frequencies)
    const words = new Set(
      queries.flatMap((query) =>
        leavesOf(query).flatMap((leaf) => (leaf.kind === 'phrase' ? leaf.terms : [])),
      ),
    )
    const often = (word: string): number => frequencies.get(word) ?? 0
    for (const word of [...words].sort((a, b) => often(b) - often(a))) index.#termOf(word)
    for (const [number, query] of queries.entries()) index.add(number, query)
    return index
  }

  /** Adds a query under a number that is not in use; one that requires no term is never met. */
  add(query: number, tree: Query): void {
    const plan = planAnchors(tree, this.#frequency)
    this.#expect(tree)
    const before = this.codeLength
    const entry = compile(tree, this.#sink)
    this.#anchor(query, this.#write([query, 0, entry, this.codeLength - before]), plan)
  }

  /**
   * Chooses the anchors anew of the queries that more than `tolerated` documents have called up, by what is known of the words
   * now. Their code stays as it is: of 100,000 queries this costs what a few of them do.
   */
  reanchor(queries: Iterable<readonly [query: number, tree: Query]>, tolerated: number): void {
    for (const [query, tree] of queries) {
      if (this.#calledUpBy(query) <= tolerated) continue
      const plan = planAnchors(tree, this.#frequency)
      const program = this.#anchors.removeAll(this.#lastPostings[query] ?? absent)
      this.#anchor(query, program, plan)
    }
  }

  /** Removes a query that was added. */
  remove(query: number): void {
    const program = this.#anchors.removeAll(this.#lastPostings[query] ?? absent)
    if (program !== absent) this.wasted += this.#verifier.code[program + header.length] ?? 0
  }

  /** The numbers of the queries that the document meets, in their order. */
  match(document: Document): readonly number[] {
    const met: number[] = []
    const reading = this.#reading
    reading.read(document)
    const { epoch, present, presentCount } = reading
    const { first, postings } = this.#anchors
    const { code } = this.#verifier
    for (let index = 0; index < presentCount; index += 1) {
      let at = first[present[index] ?? 0] ?? absent
      for (; at !== absent; at = postings[at + 2] ?? absent) {
        const filter = postings[at + 1] ?? absent
        if (filter !== absent && !reading.has(filter)) continue
        const program = postings[at] ?? 0
        if (code[program + header.lastTried] === epoch) continue
        code[program + header.lastTried] = epoch
        if (this.#verifier.meets(code[program + header.entry] ?? 0))
          met.push(code[program + header.query] ?? 0)
      }
    }
    return met.length > 1 ? met.sort((a, b) => a - b) : met
  }

  /** In how many documents each term of this index was seen, here and before. */
  frequencies(): Frequencies {
    return new Map(this.#vocabulary.terms.map((key, term) => [key, this.#seen(key, term)]))
  }

  #anchor(query: number, program: number, plan: AnchorPlan | null): void {
    let posting: number = absent
    for (const { anchor, filter } of plan?.anchors ?? []) {
      const filterTerm = filter === null ? absent : this.#termOf(filter)
      posting = this.#anchors.add(program, this.#termOf(anchor), filterTerm, posting)
    }
    this.#lastPostings = withRoom(this.#lastPostings, query + 1)
    this.#lastPostings[query] = posting
  }

  /** How many documents had an anchor of the query, once for each anchor. */
  #calledUpBy(query: number): number {
    let documents = 0
    for (const anchor of this.#anchors.anchorsOf(this.#lastPostings[query] ?? absent))
      documents += this.#reading.documentsWith(anchor)
    return documents
  }

  /** In how many documents a term was seen, here and before. */
  readonly #frequency = (key: string): number => this.#seen(key, this.#find(key))

  #seen(key: string, term: number): number {
    return (this.#frequencies.get(key) ?? 0) + (term === absent ? 0 : this.#reading.documentsWith(term))
  }

  #find(key: string): number {
    const [first = '', second] = key.split(' ')
    const term = this.#vocabulary.find(first, hashOf(first))
    if (second === undefined || term === absent) return term
    const next = this.#vocabulary.find(second, hashOf(second))
    return next === absent ? absent : this.#reading.pairOf(term, next)
  }

  #write(numbers: readonly number[]): number {
    const at = this.codeLength
    this.codeLength += numbers.length
    this.#verifier.code = withRoom(this.#verifier.code, this.codeLength)
    this.#verifier.code.set(numbers, at)
    return at
  }

  #termOf(key: string): number {
    const [first, second] = key.split(' ')
    if (first === undefined || second === undefined) return this.#vocabulary.intern(key, hashOf(key))
    return this.#pairOf(key, this.#termOf(first), this.#termOf(second))
  }

  #pairOf(key: string, first: number, second: number): number {
    const known = this.#reading.pairOf(first, second)
    if (known !== absent) return known
    const pair = this.#vocabulary.reserve(key)
    this.#reading.expectPair(first, second, pair)
    return pair
  }

  /** Tells the reading what to look up beside plain words. */
  #expect(tree: Query): void {
    for (const leaf of leavesOf(tree)) {
      if (leaf.kind === 'prefix') this.#reading.expectPrefix(leaf.prefix)
      if (leaf.kind === 'outlet' || leaf.kind === 'outlet-name') this.#reading.expectOutlets()
    }
  }
}
