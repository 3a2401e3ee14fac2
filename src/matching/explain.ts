import type { Document } from './document.ts'
import { evaluate, spansOf, type Span } from './evaluate.ts'
import { outletNames } from './outlet-name.ts'
import type { Query, Role } from './query-tree.ts'
import type { WatchItem } from './watch-item.ts'
import { queryOf } from './query.ts'
import type { Text, Token } from './text.ts'

/** Why an entry met or did not meet a watch item's query. */
export interface MatchExplanation {
  readonly matched: boolean
  /** One part of the watch item each: subject, context, about, as far as it has them. */
  readonly parts: readonly PartExplanation[]
  /** All of it in one sentence for people. */
  readonly summary: string
}

export interface PartExplanation {
  readonly role: Role
  readonly met: boolean
  /** For people: what met it, or what was looked for and how close the entry came. */
  readonly reason: string
}

/** Explains in words why an entry met a watch item, or what it lacks. */
export const explainMatch = (
  item: Pick<WatchItem, 'subject' | 'context' | 'about'>,
  document: Document,
): MatchExplanation => {
  const query = queryOf(item)
  const roles = query.kind === 'and' ? query.all : [query]
  const parts = roles.flatMap((part) =>
    part.kind === 'role' ? [explainPart(part.role, part, item, document)] : [],
  )
  const matched = parts.every(({ met }) => met)
  const lead = matched ? 'It matches' : 'It does not match'
  return { matched, parts, summary: `${lead}: ${parts.map(({ reason }) => reason).join('; ')}.` }
}

const explainPart = (
  role: Role,
  query: Query,
  item: Pick<WatchItem, 'subject' | 'context' | 'about'>,
  document: Document,
): PartExplanation => {
  const aliases = aliasesOf(role, item)
  if (!evaluate(query, document)) {
    return {
      role,
      met: false,
      reason: `no ${role} word occurs (${listOf(aliases)})${nearMiss(aliases, document)}`,
    }
  }
  const places = [...new Set(spansOf(query, document).map((span) => quote(span, document)))]
  if (places.length > 0) return { role, met: true, reason: `${role} met by ${places.slice(0, 3).join(', ')}` }
  return {
    role,
    met: true,
    reason: `${role} met by the outlet ${document.outlet} (${outletNames(document.outlet).join(', ')})`,
  }
}

const aliasesOf = (role: Role, item: Pick<WatchItem, 'subject' | 'context' | 'about'>): readonly string[] => {
  switch (role) {
    case 'subject':
    case 'context':
    case 'about':
      return item[role]
    case 'query':
      return []
  }
}

const listOf = (words: readonly string[]): string => words.map((word) => `"${word}"`).join(', ')

const quote = ({ field, start, end }: Span, document: Document): string =>
  `"${document[field].raw.slice(start, end)}" in the ${field}`

/** What people stumble over: the alias is there, but as the name of another product or version. */
const nearMiss = (aliases: readonly string[], document: Document): string => {
  for (const field of ['title', 'text'] as const) {
    const text = document[field]
    const found = aliases.map((alias) => otherProduct(alias, text)).find((other) => other !== null)
    if (found !== undefined) return `; "${found}" in the ${field} is another product or version`
  }
  return ''
}

const otherProduct = (alias: string, { raw, tokens }: Text): string | null => {
  if (!/\d\P{L}*$/u.test(alias)) return null
  const sought = lettersOf(alias)
  for (const [first, token] of tokens.entries()) {
    for (let last = first; last < Math.min(tokens.length, first + 4); last += 1) {
      const end = tokens[last]
      if (end === undefined || !lettersOf(raw.slice(token.start, end.end)).startsWith(sought)) continue
      return raw.slice(token.start, endOfName(tokens, last, end))
    }
  }
  return null
}

const endOfName = (tokens: readonly Token[], last: number, end: Token): number =>
  end.extended ? (tokens[last + 1]?.end ?? end.end) : end.end

const lettersOf = (raw: string): string => raw.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
