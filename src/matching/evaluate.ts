import type { Document } from './document.ts'
import { outletDomains, outletNames } from './outlet-name.ts'
import type { NearQuery, PhraseQuery, PlacedQuery, Query, Role } from './query-tree.ts'
import type { Text } from './text.ts'

/** A place that met a query: [start, end) in the raw title or text. */
export interface Span {
  readonly field: 'title' | 'text'
  readonly start: number
  readonly end: number
  readonly role: Role
}

/** Tokens [first, last], both included. */
interface Place {
  readonly first: number
  readonly last: number
}

/**
 * Whether a document meets a query, one query at a time and without any index. The percolator must agree with this; it
 * is the meaning of the query language.
 */
export const evaluate = (query: Query, document: Document): boolean => {
  switch (query.kind) {
    case 'and':
      return query.all.every((part) => evaluate(part, document))
    case 'or':
      return query.any.some((part) => evaluate(part, document))
    case 'not':
      return !evaluate(query.query, document)
    case 'role':
      return evaluate(query.query, document)
    case 'outlet':
      return outletDomains(document.outlet).includes(query.domain)
    case 'outlet-name':
      return outletNames(document.outlet).includes(query.name)
    case 'near':
      return (['title', 'text'] as const).some(
        (field) => nearPlaces(query, document[field], field).length > 0,
      )
    default:
      return (['title', 'text'] as const).some((field) => placesOf(query, document[field], field).length > 0)
  }
}

/** Every place that met a positive part of the query, in reading order; what stands under a `NOT` has none. */
export const spansOf = (query: Query, document: Document): readonly Span[] => {
  const spans = new Map<string, Span>()
  const visit = (part: Query, role: Role): void => {
    switch (part.kind) {
      case 'and':
        part.all.forEach((child) => visit(child, role))
        return
      case 'or':
        part.any.forEach((child) => visit(child, role))
        return
      case 'role':
        visit(part.query, part.role)
        return
      case 'not':
      case 'outlet':
      case 'outlet-name':
        return
      default:
        for (const field of ['title', 'text'] as const) {
          const places =
            part.kind === 'near'
              ? nearPlaces(part, document[field], field)
              : placesOf(part, document[field], field)
          for (const place of places) addSpan(spans, place, document[field], { field, role })
        }
    }
  }
  visit(query, 'query')
  return [...spans.values()].sort((a, b) =>
    a.field === b.field ? a.start - b.start || a.end - b.end : a.field === 'title' ? -1 : 1,
  )
}

const addSpan = (
  spans: Map<string, Span>,
  place: Place,
  text: Text,
  of: Pick<Span, 'field' | 'role'>,
): void => {
  const start = text.tokens[place.first]?.start ?? 0
  const end = text.tokens[place.last]?.end ?? start
  spans.set(`${of.role} ${of.field} ${start} ${end}`, { field: of.field, start, end, role: of.role })
}

const nearPlaces = (query: NearQuery, text: Text, field: 'title' | 'text'): Place[] => {
  const lefts = everyPlaceOf(query.left, text, field)
  const rights = everyPlaceOf(query.right, text, field)
  return lefts.flatMap((left) =>
    rights.filter((right) => areNear(left, right, query.within)).flatMap((right) => [left, right]),
  )
}

const areNear = (a: Place, b: Place, within: number): boolean => {
  const between = a.first < b.first ? b.first - a.last - 1 : a.first - b.last - 1
  return between >= 0 && between <= within
}

/** The places of a part by itself. "Acme ships Acme Falcon 3": of two beginnings that end alike only the nearer one is the name. */
const placesOf = (query: PlacedQuery, text: Text, field: 'title' | 'text'): Place[] => {
  if (query.kind === 'either') return query.any.flatMap((part) => placesOf(part, text, field))
  const places = everyPlaceOf(query, text, field)
  return places.filter((place, index) => places[index + 1]?.last !== place.last)
}

/** Every place of a part, as what must stand near it may stand by any of them. */
const everyPlaceOf = (query: PlacedQuery, text: Text, field: 'title' | 'text'): Place[] => {
  if (query.kind === 'either') return query.any.flatMap((part) => everyPlaceOf(part, text, field))
  if (query.scope === 'title' && field !== 'title') return []
  const places: Place[] = []
  for (const [first, token] of text.tokens.entries()) {
    const last =
      query.kind === 'phrase'
        ? phraseEnd(query, text, first)
        : token.word.startsWith(query.prefix)
          ? first
          : null
    if (last !== null) places.push({ first, last })
  }
  return places
}

/** The last token of the phrase that begins at `first`, the nearest where there are several; null where none does. */
const phraseEnd = (query: PhraseQuery, text: Text, first: number): number | null => {
  const { terms, loose } = query
  const sentence = text.tokens[first]?.sentence
  const from = (index: number, at: number, spare: number): number | null => {
    const token = text.tokens[at]
    if (token?.norm !== terms[index] || token?.sentence !== sentence) return null
    if (index === terms.length - 1) return token?.extended === true && endsInVersion(query) ? null : at
    const room = loose[index + 1] === true ? spare : 0
    for (let skipped = 0; skipped <= room; skipped += 1) {
      const last = from(index + 1, at + 1 + skipped, spare - skipped)
      if (last !== null) return last
    }
    return null
  }
  return from(0, first, query.spare)
}

/** Whether the phrase names a version, so that "GPT-5 mini" does not meet it. */
export const endsInVersion = ({ terms }: PhraseQuery): boolean => /\d/.test(terms.at(-1) ?? '')
