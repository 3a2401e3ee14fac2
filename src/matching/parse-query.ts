import { fold } from './normal-form.ts'
import { lexQuery, type Lexeme, type QueryError } from './query-lexer.ts'
import { isPositive, type PlacedQuery, type Query, type Scope } from './query-tree.ts'
import { tokenize } from './text.ts'

/** What became of a query as a person wrote it. */
export type ParsedQuery =
  { readonly ok: true; readonly query: Query } | { readonly ok: false; readonly error: QueryError }

/**
 * Reads the query language: words and "phrases" with AND, OR, NOT, parentheses, NEAR/8, prefix*, title: and outlet:. Words
 * beside each other mean AND; NEAR binds closest, then NOT, AND, OR. A query that only excludes is refused, and so is one of
 * more than 500 words, operators and parentheses, or with more than 50 levels of parentheses and NOT.
 */
export const parseQuery = (source: string): ParsedQuery => {
  const lexemes = lexQuery(source)
  if ('message' in lexemes) return { ok: false, error: lexemes }
  try {
    return { ok: true, query: new Parser(lexemes).parse() }
  } catch (cause) {
    if (cause instanceof Refusal) return { ok: false, error: cause.error }
    throw cause
  }
}

/** Leaves the descent at once; never leaves this file. */
class Refusal extends Error {
  readonly error: QueryError

  constructor(column: number, message: string, fix: string) {
    super(message)
    this.error = { column, message, fix }
  }
}

/** Nobody nests a query deeper; each level costs stack, here and wherever the query is walked. */
export const deepest = 50

class Parser {
  readonly #lexemes: readonly Lexeme[]
  #at = 0
  #depth = 0

  constructor(lexemes: readonly Lexeme[]) {
    this.#lexemes = lexemes
  }

  parse(): Query {
    if (this.#next.kind === 'end') {
      throw new Refusal(1, 'The query is empty.', 'Write at least one word, such as: "open-weight model"')
    }
    const query = this.#either('any')
    if (this.#next.kind === 'close') {
      throw new Refusal(
        this.#next.column,
        'This parenthesis was never opened.',
        'Take it out, or write ( before it.',
      )
    }
    if (isPositive(query)) return query
    const not = this.#lexemes.find(({ kind }) => kind === 'not')
    throw new Refusal(
      not?.column ?? 1,
      'A query that only excludes would meet nearly every entry.',
      'Say beside it what must occur, in each branch of an OR: model NOT mini',
    )
  }

  get #next(): Lexeme {
    return this.#lexemes[this.#at] ?? { kind: 'end', column: 1, raw: '' }
  }

  #take(): Lexeme {
    const lexeme = this.#next
    this.#at += 1
    return lexeme
  }

  #either(scope: Scope): Query {
    const any = [this.#all(scope)]
    while (this.#next.kind === 'or') {
      this.#take()
      any.push(this.#all(scope))
    }
    const [only] = any
    if (any.length === 1 && only !== undefined) return only
    return any.every(isPlaced) ? { kind: 'either', any } : { kind: 'or', any }
  }

  #all(scope: Scope): Query {
    const all = [this.#excluded(scope)]
    for (;;) {
      const { kind } = this.#next
      if (kind === 'or' || kind === 'close' || kind === 'end') break
      if (kind === 'and') this.#take()
      all.push(this.#excluded(scope))
    }
    const [only] = all
    return all.length === 1 && only !== undefined ? only : { kind: 'and', all }
  }

  #near(scope: Scope): Query {
    const column = this.#next.column
    const left = this.#single(scope)
    const near = this.#next
    if (near.kind !== 'near') return left
    this.#take()
    const rightColumn = this.#next.column
    const right = this.#single(scope)
    if (this.#next.kind === 'near') {
      throw new Refusal(
        this.#next.column,
        'NEAR takes two sides.',
        'Join two of them: (a NEAR/8 b) AND (b NEAR/8 c)',
      )
    }
    return {
      kind: 'near',
      within: near.within,
      left: placed(left, column),
      right: placed(right, rightColumn),
    }
  }

  #excluded(scope: Scope): Query {
    if (this.#next.kind !== 'not') return this.#near(scope)
    const { column } = this.#take()
    return { kind: 'not', query: this.#deeper(column, () => this.#excluded(scope)) }
  }

  #single(scope: Scope): Query {
    const lexeme = this.#take()
    switch (lexeme.kind) {
      case 'open':
        return this.#group(lexeme, scope)
      case 'title':
        return this.#deeper(lexeme.column, () => this.#single('title'))
      case 'outlet':
        return outletQueryOf(lexeme)
      case 'phrase':
        return phraseOf(lexeme, scope)
      case 'word':
        return wordOf(lexeme, scope)
      default:
        throw missing(lexeme)
    }
  }

  #deeper(column: number, read: () => Query): Query {
    if (this.#depth === deepest)
      throw new Refusal(
        column,
        `This is nested deeper than ${deepest} levels.`,
        'Write it with fewer parentheses, or as several queries.',
      )
    this.#depth += 1
    const query = read()
    this.#depth -= 1
    return query
  }

  #group(open: Lexeme, scope: Scope): Query {
    if (this.#next.kind === 'close')
      throw new Refusal(open.column, 'These parentheses are empty.', 'Take them out.')
    const inner = this.#deeper(open.column, () => this.#either(scope))
    if (this.#take().kind === 'close') return inner
    throw new Refusal(open.column, 'This parenthesis is never closed.', 'Write ) where the group ends.')
  }
}

const missing = ({ kind, column, raw }: Lexeme): Refusal => {
  if (kind === 'end')
    return new Refusal(column, 'The query ends where a word is expected.', 'Add the word or phrase.')
  if (kind === 'close') {
    return new Refusal(column, 'A word is expected before this parenthesis.', 'Add the word or phrase.')
  }
  return new Refusal(
    column,
    `A word is expected here, not ${raw}.`,
    `Write what to look for before ${raw}, or put it in quotes if you mean the word: "${raw}"`,
  )
}

const isPlaced = (query: Query): query is PlacedQuery =>
  query.kind === 'phrase' || query.kind === 'prefix' || query.kind === 'either'

const placed = (query: Query, column: number): PlacedQuery => {
  if (isPlaced(query)) return query
  throw new Refusal(
    column,
    'NEAR joins words, phrases, prefixes, or an OR of them in parentheses.',
    'Write: (delay OR postpone) NEAR/8 "open model"',
  )
}

const outletQueryOf = ({ raw, column }: Lexeme): Query => {
  const domain = raw.toLowerCase()
  if (/^[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+$/u.test(domain)) {
    return { kind: 'outlet', domain: domain.replace(/^www\./, '') }
  }
  throw new Refusal(
    column,
    `"${raw}" is not a domain.`,
    'Write the domain alone, without https:// and path: outlet:example.org',
  )
}

const phraseOf = ({ raw, column }: Lexeme, scope: Scope): Query => {
  const terms = tokenize(raw).tokens.map(({ norm }) => norm)
  if (terms.length > 0) return { kind: 'phrase', terms, loose: terms.map(() => false), spare: 0, scope }
  throw new Refusal(column, `There is no word in "${raw}".`, 'Look for letters or digits.')
}

const wordOf = (lexeme: Lexeme, scope: Scope): Query => {
  const { raw, column } = lexeme
  const star = raw.indexOf('*')
  if (star < 0) return phraseOf(lexeme, scope)
  const prefix = fold(raw.slice(0, star))
  if (star < raw.length - 1 || tokenize(prefix).tokens.length > 1) {
    throw new Refusal(
      column + star,
      'The star stands for the rest of one word, at its end.',
      `Write ${tokenize(raw).tokens.at(0)?.word ?? 'releas'}* or use OR`,
    )
  }
  if (/^[\p{L}\p{N}]{2,}$/u.test(prefix)) return { kind: 'prefix', prefix, scope }
  throw new Refusal(
    column,
    'A prefix needs at least two letters before its star.',
    'Write more of the word: releas*',
  )
}
