import { tightPairs, type PhraseQuery, type PlacedQuery, type Query } from './query-tree.ts'
import { domainKey, outletNameTerm, pairKey, prefixKey } from './term-key.ts'

/** One way in which a query can be met: not without `anchor`, and not without `filter` beside it, where there is one. */
export interface Anchor {
  readonly anchor: string
  readonly filter: string | null
}

/** A set of anchors of which every document that meets the query holds at least one, and how many documents hold one. */
export interface AnchorPlan {
  readonly anchors: readonly Anchor[]
  readonly cost: number
}

/**
 * The cheapest anchors of a query: its rarest required terms, the second-rarest as filters. Null where no term is required
 * (a pure negative query). `frequency`: in how many documents a term occurs.
 */
export const planAnchors = (query: Query, frequency: (key: string) => number): AnchorPlan | null => {
  switch (query.kind) {
    case 'and':
      return planAll(
        query.all.flatMap((part) => planAnchors(part, frequency) ?? []),
        frequency,
      )
    case 'or':
    case 'either':
      return planAny(query.any.map((part) => planAnchors(part, frequency)))
    case 'not':
      return null
    case 'role':
      return planAnchors(query.query, frequency)
    case 'near':
      return planAll(
        [query.left, query.right].flatMap((side: PlacedQuery) => planAnchors(side, frequency) ?? []),
        frequency,
      )
    case 'phrase':
      return planPhrase(query, frequency)
    case 'prefix':
      return planTerms([prefixKey(query.prefix)], frequency)
    case 'outlet':
      return planTerms([domainKey(query.domain)], frequency)
    case 'outlet-name':
      return planTerms([outletNameTerm(query.name)], frequency)
  }
}

const planTerms = (terms: readonly string[], frequency: (key: string) => number): AnchorPlan => {
  const [anchor = '', filter = null] = [...new Set(terms)].sort((a, b) => frequency(a) - frequency(b))
  return { anchors: [{ anchor, filter }], cost: frequency(anchor) }
}

/** A pair of neighbours is a term too, and a rare one; its own two words are then no filter. */
const planPhrase = (query: PhraseQuery, frequency: (key: string) => number): AnchorPlan => {
  const pairs = tightPairs(query)
  const [rarest, ...others] = pairs.sort((a, b) => frequency(pairKey(...a)) - frequency(pairKey(...b)))
  if (rarest === undefined) return planTerms(query.terms, frequency)
  const besides = query.terms.filter((term) => !rarest.includes(term))
  const filters = [...others.map((pair) => pairKey(...pair)), ...besides]
  const [filter = null] = filters.sort((a, b) => frequency(a) - frequency(b))
  const anchor = pairKey(...rarest)
  return { anchors: [{ anchor, filter }], cost: frequency(anchor) }
}

const planAny = (plans: readonly (AnchorPlan | null)[]): AnchorPlan | null => {
  const possible = plans.filter((plan) => plan !== null)
  if (possible.length < plans.length) return null
  return {
    anchors: possible.flatMap(({ anchors }) => anchors),
    cost: possible.reduce((sum, { cost }) => sum + cost, 0),
  }
}

/** The cheapest of several plans that must all hold; the others lend a filter where they leave no choice. */
const planAll = (plans: readonly AnchorPlan[], frequency: (key: string) => number): AnchorPlan | null => {
  const [best, ...others] = [...plans].sort((a, b) => a.cost - b.cost)
  if (best === undefined) return null
  const required = others
    .flatMap(({ anchors }) => (anchors.length === 1 ? anchors.map(({ anchor }) => anchor) : []))
    .sort((a, b) => frequency(a) - frequency(b))
  const anchors = best.anchors.map(({ anchor, filter }) => {
    const rarest = required.find((term) => term !== anchor)
    if (rarest === undefined) return { anchor, filter }
    return { anchor, filter: filter === null || frequency(rarest) < frequency(filter) ? rarest : filter }
  })
  return { anchors, cost: best.cost }
}
