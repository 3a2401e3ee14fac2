import type { Document } from './document.ts'
import { evaluate, spansOf, type Span } from './evaluate.ts'
import type { Query } from './query-tree.ts'

/** A query that a document meets, with the places that met it. */
export interface Match {
  readonly id: string
  readonly spans: readonly Span[]
}

/** Many queries, ready to be met by one document at a time. */
export interface Percolator {
  /** Adds a query, or replaces the one of that id. */
  readonly add: (id: string, query: Query) => void
  /** Removes a query; false where there was none of that id. */
  readonly remove: (id: string) => boolean
  /** The queries that the document meets. */
  readonly match: (document: Document) => Match[]
}

/** An empty percolator. */
export const createPercolator = (): Percolator => {
  const queries = new Map<string, Query>()
  return {
    add: (id, query) => void queries.set(id, query),
    remove: (id) => queries.delete(id),
    match: (document) =>
      [...queries]
        .filter(([, query]) => evaluate(query, document))
        .map(([id, query]) => ({ id, spans: spansOf(query, document) })),
  }
}
