import type { Document } from './document.ts'
import { spansOf, type Span } from './evaluate.ts'
import { QueryIndex } from './query-index.ts'
import { isPositive, type Query } from './query-tree.ts'

/** A query that a document meets, with the places that met it. */
export interface Match {
  readonly id: string
  /** In reading order; found when first asked for. What the outlet alone met has no place. */
  readonly spans: readonly Span[]
}

/** Many queries, ready to be met by one document at a time. */
export interface Percolator {
  /** Adds a query, or replaces the one of that id. Throws a RangeError for a pure negative query. */
  readonly add: (id: string, query: Query) => void
  /** Removes a query; false where there was none of that id. */
  readonly remove: (id: string) => boolean
  /** The queries that the document meets, in the order in which they were added. */
  readonly match: (document: Document) => Match[]
}

interface Held {
  readonly id: string
  readonly query: Query
}

/** Anchors are chosen anew when this many documents have been read, then each time it is this many times as many. */
const firstReview = 256
const reviewFactor = 8
/** After the first time only for queries that more than one of so many documents call up. */
const tolerableCalls = 2048
/**
 * So many queries are looked at with each document at least until all are: with 10,000 of them, documents would wait a while
 * for all at once. Of more queries so many that a review is over after so many documents.
 */
const leastReviewedAtOnce = 2
const reviewDocuments = 12_500
/** Garbage below this many numbers is not worth a review. */
const tolerableWaste = 65_536

/** Before any document was read, these words are taken to be frequent, so that no query hangs on them. */
const everydayFrequencies = new Map(
  (
    'the of to and a in for is on that by this with i you it not or be are from at as your all have new more an was we ' +
    'will can us about if my has but our one other do no time they he up may what which their out use any there see only so ' +
    'his when here who also now get first last say year how its after over into than year could would make just two'
  )
    .split(' ')
    .map((word) => [word, 1]),
)

/** The next of what an iterator gives, so many at most. */
const taken = <T>(from: Iterator<T>, most: number): T[] => {
  const some: T[] = []
  while (some.length < most) {
    const next = from.next()
    if (next.done === true) break
    some.push(next.value)
  }
  return some
}

/** An empty percolator: what `evaluate` would find by trying every query, found by trying those that have a chance. */
export const createPercolator = (): Percolator => {
  const numbers = new Map<string, number>()
  let held: (Held | undefined)[] = []
  let index = new QueryIndex(everydayFrequencies)
  let documents = 0
  let nextReview = firstReview
  /** What is left of a review, and which queries it is for; null when none is under way. */
  let reviewing: { readonly rest: Iterator<readonly [number, Query]>; readonly tolerated: number } | null =
    null

  const review = (): void => {
    reviewing = null
    const kept = held.filter((one) => one !== undefined)
    index = QueryIndex.of(
      kept.map(({ query }) => query),
      index.frequencies(),
    )
    for (const [number, { id }] of kept.entries()) numbers.set(id, number)
    held = kept
  }

  function* queries(): Generator<readonly [number, Query]> {
    for (const [number, one] of held.entries()) if (one !== undefined) yield [number, one.query]
  }

  const goOnReviewing = (): void => {
    if (reviewing === null) return
    const { rest, tolerated } = reviewing
    const atOnce = Math.max(leastReviewedAtOnce, Math.ceil(held.length / reviewDocuments))
    const some = taken(rest, atOnce)
    if (some.length < atOnce) reviewing = null
    index.reanchor(some, tolerated)
  }

  const remove = (id: string): boolean => {
    const number = numbers.get(id)
    if (number === undefined) return false
    index.remove(number)
    numbers.delete(id)
    held[number] = undefined
    if (index.wasted > tolerableWaste && index.wasted * 2 > index.codeLength) review()
    return true
  }

  const add = (id: string, query: Query): void => {
    if (!isPositive(query)) {
      throw new RangeError(
        `The query of "${id}" must ask for at least one word: one that only excludes would meet nearly everything.`,
      )
    }
    remove(id)
    index.add(held.length, query)
    numbers.set(id, held.length)
    held.push({ id, query })
  }

  const match = (document: Document): Match[] => {
    documents += 1
    if (documents > nextReview) {
      if (nextReview === firstReview) review()
      else reviewing = { rest: queries(), tolerated: documents / tolerableCalls }
      nextReview = documents * reviewFactor
    }
    goOnReviewing()
    const matches: Match[] = []
    for (const number of index.match(document)) {
      const one = held[number]
      if (one !== undefined) matches.push(new FoundMatch(one, document))
    }
    return matches
  }

  return { add, remove, match }
}

/** Most callers only ask which queries matched: where is found on demand. */
class FoundMatch implements Match {
  readonly id: string
  readonly #query: Query
  readonly #document: Document
  #spans: readonly Span[] | undefined

  constructor({ id, query }: Held, document: Document) {
    this.id = id
    this.#query = query
    this.#document = document
  }

  get spans(): readonly Span[] {
    return (this.#spans ??= spansOf(this.#query, this.#document))
  }
}
