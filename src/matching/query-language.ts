import { deepest } from './parse-query.ts'
import { mostPieces } from './query-lexer.ts'

/** The query language in a sentence, for who describes a parameter that takes it. */
export const queryLanguage =
  `Words, "phrases", AND OR NOT ( ) NEAR/8 prefix* title: outlet:, with up to ${mostPieces} words and signs, ` +
  `nested up to ${deepest} levels deep`
