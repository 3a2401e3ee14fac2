/** Where a word must stand: anywhere in the entry, or in its title. */
export type Scope = 'any' | 'title'

/** What a span was asked for: a part of the watch item, or a query written by hand. */
export type Role = 'subject' | 'context' | 'about' | 'query'

/** Words in order in one sentence; one word is the shortest phrase. */
export interface PhraseQuery {
  readonly kind: 'phrase'
  /** Normal forms, at least one. */
  readonly terms: readonly string[]
  /** `loose[i]`: other words may stand before `terms[i]`. */
  readonly loose: readonly boolean[]
  /** How many other words may stand in between, in all. */
  readonly spare: number
  readonly scope: Scope
}

/** Any word that begins so; `prefix` is folded as `Token.word` is. */
export interface PrefixQuery {
  readonly kind: 'prefix'
  readonly prefix: string
  readonly scope: Scope
}

/** What has a place in the text, and so can be near something. */
export type PlacedQuery =
  PhraseQuery | PrefixQuery | { readonly kind: 'either'; readonly any: readonly PlacedQuery[] }

/** Both sides in one field, at most `within` words between them, in either order, not overlapping. */
export interface NearQuery {
  readonly kind: 'near'
  readonly within: number
  readonly left: PlacedQuery
  readonly right: PlacedQuery
}

/** A query as the percolator takes it. `not` stands only beside something positive in an `and`. */
export type Query =
  | { readonly kind: 'and'; readonly all: readonly Query[] }
  | { readonly kind: 'or'; readonly any: readonly Query[] }
  | { readonly kind: 'not'; readonly query: Query }
  | { readonly kind: 'role'; readonly role: Role; readonly query: Query }
  /** The outlet is this domain or below it. */
  | { readonly kind: 'outlet'; readonly domain: string }
  /** The outlet's name is or holds this word ("openai" in openai.com). */
  | { readonly kind: 'outlet-name'; readonly name: string }
  | NearQuery
  | PlacedQuery

/** Whether the query can only be met by an entry that holds one of its words: the others would match nearly everything. */
export const isPositive = (query: Query): boolean => {
  switch (query.kind) {
    case 'and':
      return query.all.some(isPositive)
    case 'or':
    case 'either':
      return query.any.every(isPositive)
    case 'not':
      return false
    case 'role':
      return isPositive(query.query)
    default:
      return true
  }
}

/** What a query asks for of the text or the outlet, one by one. */
export type LeafQuery = Exclude<Query, { kind: 'and' | 'or' | 'not' | 'role' | 'near' | 'either' }>

/** The leaves of a query from left to right, also those under a `not`. */
export const leavesOf = (query: Query): LeafQuery[] => {
  switch (query.kind) {
    case 'and':
      return query.all.flatMap(leavesOf)
    case 'or':
    case 'either':
      return query.any.flatMap(leavesOf)
    case 'not':
    case 'role':
      return leavesOf(query.query)
    case 'near':
      return [query.left, query.right].flatMap(leavesOf)
    default:
      return [query]
  }
}

/** The neighbours in a phrase between which nothing may stand. */
export const tightPairs = ({ terms, loose }: PhraseQuery): (readonly [string, string])[] =>
  terms.flatMap((term, index) => {
    const before = terms[index - 1]
    return before === undefined || loose[index] === true ? [] : [[before, term] as const]
  })
