import { endsInVersion } from './evaluate.ts'
import type { NearQuery, PhraseQuery, PlacedQuery, Query, Scope } from './query-tree.ts'
import { domainKey, outletNameTerm, pairKey, prefixKey } from './term-key.ts'

/**
 * The bytecode that verifies one query. Each instruction is `[operation, next if met, next if not, …]`; to jump to `accept`
 * or `reject` ends the program. Phrases and near operands stand in the same array as records:
 *
 *   occurs  term                        the term occurs
 *   phrase  record                      the phrase occurs
 *   near    within left… right…         each side: number of phrase records, then the records
 *
 * A phrase record is `[number of words, spare words, in the title only, ends in a version, (term, loose) …]`.
 */
export const operation = { occurs: 0, phrase: 1, near: 2 } as const
export const accept = -1
export const reject = -2

/** Writes numbers one after the other. */
export interface CodeSink {
  /** Appends the numbers and gives the address of the first. */
  readonly write: (numbers: readonly number[]) => number
  /** The number of a term of the vocabulary, which is added where it is new. */
  readonly termOf: (key: string) => number
}

/** Compiles a query, last instruction first, so that every jump's target is known; gives the address to start at. */
export const compile = (query: Query, sink: CodeSink, met = accept, unmet = reject): number => {
  switch (query.kind) {
    case 'and':
      return query.all.reduceRight((next, part) => compile(part, sink, next, unmet), met)
    case 'or':
    case 'either':
      return query.any.reduceRight((next, part) => compile(part, sink, met, next), unmet)
    case 'not':
      return compile(query.query, sink, unmet, met)
    case 'role':
      return compile(query.query, sink, met, unmet)
    case 'outlet':
      return sink.write([operation.occurs, met, unmet, sink.termOf(domainKey(query.domain))])
    case 'outlet-name':
      return sink.write([operation.occurs, met, unmet, sink.termOf(outletNameTerm(query.name))])
    case 'near':
      return sink.write([operation.near, met, unmet, ...nearOperands(query, sink)])
    case 'prefix':
      return sink.write([operation.phrase, met, unmet, ...recordOf(query, sink)])
    case 'phrase':
      return compilePhrase(query, sink, met, unmet)
  }
}

/** One word, or two side by side, are one term: whether it occurs is all there is to verify. */
const compilePhrase = (query: PhraseQuery, sink: CodeSink, met: number, unmet: number): number => {
  const [first = '', second] = query.terms
  const isOneTerm = query.terms.length === 1 || (query.terms.length === 2 && query.loose[1] !== true)
  if (!isOneTerm || query.scope === 'title' || endsInVersion(query)) {
    return sink.write([operation.phrase, met, unmet, ...recordOf(query, sink)])
  }
  const key = second === undefined ? first : pairKey(first, second)
  return sink.write([operation.occurs, met, unmet, sink.termOf(key)])
}

const nearOperands = ({ within, left, right }: NearQuery, sink: CodeSink): number[] => [
  within,
  ...[left, right].flatMap((side) => {
    const records = placedLeaves(side).map((leaf) => recordOf(leaf, sink))
    return [records.length, ...records.flat()]
  }),
]

type PlacedLeaf = Exclude<PlacedQuery, { kind: 'either' }>

const placedLeaves = (query: PlacedQuery): PlacedLeaf[] =>
  query.kind === 'either' ? query.any.flatMap(placedLeaves) : [query]

const recordOf = (leaf: PlacedLeaf, sink: CodeSink): number[] => {
  if (leaf.kind === 'prefix') return [1, 0, titleOnly(leaf.scope), 0, sink.termOf(prefixKey(leaf.prefix)), 0]
  const words = leaf.terms.flatMap((term, index) => [sink.termOf(term), leaf.loose[index] === true ? 1 : 0])
  return [leaf.terms.length, leaf.spare, titleOnly(leaf.scope), endsInVersion(leaf) ? 1 : 0, ...words]
}

const titleOnly = (scope: Scope): number => (scope === 'title' ? 1 : 0)
