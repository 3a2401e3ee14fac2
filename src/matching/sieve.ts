import { foldedLetters } from './folded-letters.ts'
import { irregularPlurals } from './normal-form.ts'
import type { PhraseQuery, Query } from './query-tree.ts'

/**
 * What every entry that meets a query must have, coarsely, in terms that a database can look for: it lets some through that
 * do not meet the query, and never holds one back that does.
 */
export type Sieve =
  | { readonly kind: 'all' | 'any'; readonly of: readonly Sieve[] }
  /** A regular expression that Postgres and JavaScript read alike finds something in the title or the text. */
  | { readonly kind: 'words'; readonly pattern: string; readonly titleOnly: boolean }
  /** It finds something in the outlet, written without hyphens and underscores. */
  | { readonly kind: 'outlet-name'; readonly pattern: string }
  /** The outlet is this domain or below it. */
  | { readonly kind: 'outlet'; readonly domain: string }
  | { readonly kind: 'everything' }

/** Invisible characters within words and marks that stand on letters: a text that has one is let through. */
export const unsievable = '[\u00AD\u200B-\u200D\u2060\uFEFF\u0300-\u036F]'

const everything: Sieve = { kind: 'everything' }

/** The sieve of a query. */
export function sieveOf(query: Query): Sieve {
  switch (query.kind) {
    case 'and':
      return together('all', query.all.map(sieveOf))
    case 'or':
    case 'either':
      return together('any', query.any.map(sieveOf))
    case 'role':
      return sieveOf(query.query)
    case 'near':
      return together('all', [sieveOf(query.left), sieveOf(query.right)])
    case 'phrase':
      return words(phrasePattern(query), query.scope === 'title')
    case 'prefix':
      return words(stemPattern(query.prefix), query.scope === 'title')
    case 'outlet':
      return { kind: 'outlet', domain: query.domain }
    case 'outlet-name': {
      const pattern = stemPattern(query.name)
      return pattern === null ? everything : { kind: 'outlet-name', pattern }
    }
    case 'not':
      return everything
  }
}

/** Joins sieves; all the words of an `any` become one expression, which is looked for once. */
function together(kind: 'all' | 'any', parts: readonly Sieve[]): Sieve {
  const flat = parts.flatMap((part) => (part.kind === kind ? part.of : [part]))
  if (kind === 'any' && flat.some((part) => part.kind === 'everything')) return everything
  const telling = flat.filter((part) => part.kind !== 'everything')
  const joined = kind === 'any' ? joinWords(telling) : telling
  const [only] = joined
  if (only === undefined) return everything
  return joined.length === 1 ? only : { kind, of: joined }
}

function joinWords(parts: readonly Sieve[]): Sieve[] {
  const joined: Sieve[] = parts.filter(({ kind }) => kind !== 'words' && kind !== 'outlet-name')
  for (const titleOnly of [false, true]) {
    const patterns = parts.flatMap((one) =>
      one.kind === 'words' && one.titleOnly === titleOnly ? [one.pattern] : [],
    )
    if (patterns.length > 0) joined.push({ kind: 'words', pattern: alternatives(patterns), titleOnly })
  }
  const names = parts.flatMap((one) => (one.kind === 'outlet-name' ? [one.pattern] : []))
  if (names.length > 0) joined.push({ kind: 'outlet-name', pattern: alternatives(names) })
  return joined
}

function words(pattern: string | null, titleOnly: boolean): Sieve {
  return pattern === null ? everything : { kind: 'words', pattern, titleOnly }
}

function alternatives(patterns: readonly string[]): string {
  return [...new Set(patterns)].join('|')
}

/** What may stand between a word and the next: the end of its inflected form, and no other word. */
const gap = '[^0-9 ]*[^0-9A-Za-z]*'

/** The longest word of a phrase, with the word right behind it where nothing may come between. */
function phrasePattern({ terms, loose }: PhraseQuery): string | null {
  const stems = terms.map(stemOf)
  const longest = stems.reduce((best, stem, at) => (stem.length > (stems[best] ?? '').length ? at : best), 0)
  const pattern = stemPattern(terms[longest] ?? '')
  const next = loose[longest + 1] === true ? null : beginning(terms[longest + 1]?.toLowerCase() ?? '')
  if (pattern === null || next === null || !/^[a-z]+$/.test(stems[longest] ?? '')) return pattern
  return `(?:${pattern})${gap}(?:${next})`
}

/** How a word begins in every writing; null where that is not known. A version may be written with a v before it. */
function beginning(term: string): string | null {
  const [, number] = /^([0-9]+)[.][0-9.]+$/.exec(term) ?? []
  if (number !== undefined) return `${letterPattern('v')}?${spelled(number, ',?')}`
  return /^[a-z0-9]+$/.test(term) ? stemPattern(term) : null
}

/** The longest run of letters and digits that every writing of a word begins with or holds. */
function stemOf(term: string): string {
  const lower = term.toLowerCase()
  const runs = lower.match(/[a-z0-9]+/g) ?? []
  // a letter of another script may be written in ways that are not known here
  if (/[^\p{ASCII}]/u.test(lower)) return ''
  const longest = runs.toSorted((a, b) => b.length - a.length)[0] ?? ''
  return longest === lower && longest.length > 2 ? longest.replace(/y$/, '') : longest
}

function stemPattern(term: string): string | null {
  const stem = stemOf(term)
  if (stem === '') return null
  const plurals = [...irregularPlurals].flatMap(([plural, one]) =>
    one === term ? [spelled(plural, '')] : [],
  )
  // "U.S.A." is the word "usa", and "1,000" is "1000"
  const between = /^[a-z]{2,}$/.test(stem) ? '[.]?' : /^[0-9]{2,}$/.test(stem) ? ',?' : ''
  return alternatives([spelled(stem, between), ...plurals])
}

/** Every writing that folds to a text of small letters and digits, with what may stand between any two of them. */
function spelled(text: string, between: string): string {
  const { several } = foldedLetters()
  const parts: string[] = []
  for (let at = 0; at < text.length;) {
    const found = [...several].find(([folded]) => text.startsWith(folded, at))
    const folded = found?.[0] ?? text.charAt(at)
    const letters = Array.from(folded, letterPattern).join(between)
    parts.push(found === undefined ? letters : `(?:${letters}|[${found[1].join('')}])`)
    at += folded.length
  }
  return parts.join(between)
}

function letterPattern(letter: string): string {
  return `[${(foldedLetters().single.get(letter) ?? [letter]).join('')}]`
}
