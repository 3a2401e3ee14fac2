import type { PhraseQuery, PlacedQuery, Query } from '../src/matching/query-tree.ts'

/** A query in the text form of Postgres' tsquery, words unstemmed. Throws for what the benchmarks do not make. */
export const tsqueryOf = (query: Query): string => {
  switch (query.kind) {
    case 'and':
      return bracketed(query.all.map(tsqueryOf), ' & ')
    case 'or':
    case 'either':
      return bracketed(query.any.map(tsqueryOf), ' | ')
    case 'not':
      return `!${tsqueryOf(query.query)}`
    case 'phrase':
      return bracketed(query.terms.map(quoted), ' <-> ')
    case 'near':
      return nearby(query.left, query.right, query.within)
    default:
      throw new Error(`The benchmark makes no query of kind ${query.kind}.`)
  }
}

/** tsquery knows exact distances only, so every distance in both orders is an alternative: 18 for NEAR/8. */
const nearby = (left: PlacedQuery, right: PlacedQuery, within: number): string => {
  const [one, other] = [tsqueryOf(left), tsqueryOf(right)]
  const distances = Array.from({ length: within + 1 }, (_, between) => between + 1)
  return bracketed(
    distances.flatMap((distance) => [`${one} <${distance}> ${other}`, `${other} <${distance}> ${one}`]),
    ' | ',
  )
}

const bracketed = (parts: readonly string[], operator: string): string =>
  parts.length === 1 ? (parts[0] ?? '') : `(${parts.join(operator)})`

const quoted = (term: string): string => `'${term.replaceAll(/['\\]/g, '$&$&')}'`

/**
 * Words of which an item must hold one to meet the query, chosen to be rare in the items; null where none is needed
 * (under a NOT). What a person would derive by hand to get an index out of Postgres.
 */
export const neededWords = (query: Query, frequency: (term: string) => number): readonly string[] | null => {
  switch (query.kind) {
    case 'phrase':
      return [rarest(query, frequency)]
    case 'and':
      return cheapest(query.all, frequency)
    case 'near':
      return cheapest([query.left, query.right], frequency)
    case 'or':
    case 'either': {
      const all = query.any.map((part) => neededWords(part, frequency))
      return all.every((words) => words !== null) ? [...new Set(all.flat())] : null
    }
    default:
      return null
  }
}

const rarest = ({ terms }: PhraseQuery, frequency: (term: string) => number): string =>
  terms.reduce((best, term) => (frequency(term) < frequency(best) ? term : best))

const cheapest = (parts: readonly Query[], frequency: (term: string) => number): readonly string[] | null => {
  const cost = (words: readonly string[]): number => words.reduce((sum, word) => sum + frequency(word), 0)
  const choices = parts.map((part) => neededWords(part, frequency)).filter((words) => words !== null)
  return choices.toSorted((a, b) => cost(a) - cost(b))[0] ?? null
}
