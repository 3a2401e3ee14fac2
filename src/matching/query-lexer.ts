/** A query that cannot be read: where, why and what to write instead. Columns count from 1. */
export interface QueryError {
  readonly column: number
  readonly message: string
  readonly fix: string
}

/** A piece of a query; `column` counts from 1. */
export type Lexeme =
  | {
      readonly kind: 'and' | 'or' | 'not' | 'open' | 'close' | 'title' | 'end'
      readonly column: number
      readonly raw: string
    }
  | { readonly kind: 'word' | 'phrase' | 'outlet'; readonly column: number; readonly raw: string }
  | { readonly kind: 'near'; readonly column: number; readonly raw: string; readonly within: number }

/** The most words that NEAR/n may allow in between. */
export const farthestNear = 100

const piece = /\s+|(?<open>\()|(?<close>\))|"(?<phrase>[^"]*)(?<closing>"?)|(?<word>[^\s()"]+)/gy
const curlyQuotes = /[“”„‟«»]/g

/** Nobody writes a query of more words, operators and parentheses, and each word is looked for in every entry. */
export const mostPieces = 500

/** Splits a query into its pieces, an `end` behind the last; or gives the first error. */
export const lexQuery = (source: string): readonly Lexeme[] | QueryError => {
  const lexemes: Lexeme[] = []
  // Quotes that a word processor has curled are quotes; every one is a single unit, so columns stay.
  for (const { groups, index, 0: raw } of source.replaceAll(curlyQuotes, '"').matchAll(piece)) {
    const read = lexemeOf(groups ?? {}, raw, index + 1)
    if (read === null) continue
    for (const one of Array.isArray(read) ? read : [read]) {
      if ('message' in one) return one
      if (lexemes.length === mostPieces) return tooMany(one.column)
      lexemes.push(one)
    }
  }
  return [...lexemes, { kind: 'end', column: source.length + 1, raw: '' }]
}

type Groups = Readonly<Record<string, string | undefined>>

const lexemeOf = (groups: Groups, raw: string, column: number): Lexeme | Lexeme[] | QueryError | null => {
  if (groups['open'] !== undefined) return { kind: 'open', column, raw }
  if (groups['close'] !== undefined) return { kind: 'close', column, raw }
  if (groups['phrase'] !== undefined) {
    if (groups['closing'] === '"') return { kind: 'phrase', column, raw: groups['phrase'] }
    return { column, message: 'This quotation mark is never closed.', fix: `Close it: ${raw.trimEnd()}"` }
  }
  return groups['word'] === undefined ? null : wordLexeme(raw, column)
}

const operators = { AND: 'and', OR: 'or', NOT: 'not' } as const

const wordLexeme = (raw: string, column: number): Lexeme | Lexeme[] | QueryError => {
  if (raw === 'AND' || raw === 'OR' || raw === 'NOT') return { kind: operators[raw], column, raw }
  if (raw === 'and' || raw === 'or' || raw === 'not') {
    const upper = raw.toUpperCase()
    return {
      column,
      message: `"${raw}" in small letters is no operator.`,
      fix: `Write ${upper}, or put the word itself in quotes: "${raw}"`,
    }
  }
  if (/^NEAR(?:\/|$)/.test(raw)) return nearLexeme(raw, column)
  const field = /^(title|outlet):(.*)$/i.exec(raw)
  if (field?.[1] !== undefined) return fieldLexeme(field[1].toLowerCase(), field[2] ?? '', raw, column)
  const unknown = /^([a-z]+):(?!\/)/.exec(raw)
  if (unknown?.[1] === undefined) return { kind: 'word', column, raw }
  return {
    column,
    message: `There is no field "${unknown[1]}".`,
    fix: `The fields are title: and outlet:. To look for the text itself, put it in quotes: "${raw}"`,
  }
}

const nearLexeme = (raw: string, column: number): Lexeme | QueryError => {
  const within = Number(/^NEAR\/(\d{1,3})$/.exec(raw)?.[1] ?? Number.NaN)
  if (within >= 1 && within <= farthestNear) return { kind: 'near', column, raw, within }
  return {
    column,
    message: `NEAR needs the number of words that may stand in between, from 1 to ${farthestNear}.`,
    fix: 'Write NEAR/8',
  }
}

const fieldLexeme = (
  name: string,
  value: string,
  raw: string,
  column: number,
): Lexeme | Lexeme[] | QueryError => {
  if (name === 'title') {
    const title: Lexeme = { kind: 'title', column, raw }
    if (value === '') return title
    if (/^title:/i.test(value)) return onceIsEnough(column)
    const word = wordLexeme(value, column + 'title:'.length)
    return 'message' in word ? word : [title, ...(Array.isArray(word) ? word : [word])]
  }
  if (value !== '') return { kind: 'outlet', column, raw: value }
  return {
    column,
    message: 'outlet: needs a domain right behind the colon.',
    fix: 'Write outlet:example.org',
  }
}

const onceIsEnough = (column: number): QueryError => ({
  column,
  message: 'title: stands here twice.',
  fix: 'Write it once: title:model',
})

const tooMany = (column: number): QueryError => ({
  column,
  message: `The query has more than ${mostPieces} words and signs.`,
  fix: 'Write it as several queries.',
})
