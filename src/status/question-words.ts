import { adverbs, auxiliaries, conjunctions, determiners, futures, prepositions } from './lexicon.ts'
import type { Word } from './words.ts'

/** Whether a word tells more than grammar does. */
export function isContent(word: Word): boolean {
  return (
    word.kind !== 'mark' &&
    !prepositions.has(word.text) &&
    !determiners.has(word.text) &&
    !auxiliaries.has(word.text) &&
    !conjunctions.has(word.text) &&
    !adverbs.has(word.text) &&
    !futures.has(word.text) &&
    word.text.length > 1
  )
}

/** Where a clause begins that tells what went before ("after it was hacked"): its verb is not what is asked. */
export function clauseEnd(words: readonly Word[]): number {
  const at = words.findIndex(
    (word, i) =>
      i > 3 &&
      /^(?:after|since|because)$/u.test(word.text) &&
      /^(?:it|they|he|she|its|the)$/u.test(words[i + 1]?.text ?? ''),
  )
  return at < 0 ? words.length : at
}

/** "the preliminary report": an article stands before the word, with nothing but small letters between. */
export function isDetermined(words: readonly Word[], at: number): boolean {
  for (let i = at - 1; i >= at - 3; i -= 1) {
    const word = words[i]
    if (!word || word.kind === 'mark') return false
    if (word.possessive || /^(?:the|a|an|its|their|his|her)$/u.test(word.text)) return true
    if (word.capital || !isContent(word)) return false
  }
  return false
}

/** "be published", not "to be published" */
export function isPassiveVerb(words: readonly Word[], at: number): boolean {
  return /^(?:be|been|being)$/u.test(words[at - 1]?.text ?? '') && words[at - 2]?.text !== 'to'
}
