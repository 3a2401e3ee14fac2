import type { Range } from './choose-events.ts'
import { singular } from './inflect.ts'
import { adverbs, prepositions, timeWords } from './lexicon.ts'
import { bases } from './own-verb.ts'
import type { Word } from './words.ts'

/** Verbs of a question after which stands what the subject is to be. */
const becoming = /^(?:become|be|go|turn|return|switch|convert|transition|revert)$/u

/** What the subject is to be, where a question asks that ("Will Acme become profitable?"): its telling words in their order. */
export function complementOf(words: readonly Word[], subject: Range | null): readonly string[] {
  if (subject === null) return []
  const subjectEnd = subject.end
  const verb = words.findIndex((word, at) => at >= subjectEnd && becoming.test(word.text))
  if (verb < 0 || words.slice(subjectEnd, verb).some((word) => bases.has(word.text))) return []
  const rest = words.slice(verb + 1)
  const end = rest.findIndex(
    (word) => word.kind === 'mark' || /^(?:by|before|until|this|in|for|after|as|when)$/u.test(word.text),
  )
  const content = (end < 0 ? rest : rest.slice(0, end)).filter(isTelling).map((word) => singular(word.text))
  const isDeed =
    content.some((word) => bases.has(word) && bases.get(word) !== word) ||
    /(?:ed|[^p]en)$/u.test(content[0] ?? '')
  return isDeed || content.length > 4 ? [] : content
}

function isTelling({ text, kind }: Word): boolean {
  return (
    kind === 'word' &&
    !/^(?:a|an|the|to|back|again|its|their|his|her|fully|of|into|all)$/u.test(text) &&
    !adverbs.has(text) &&
    !prepositions.has(text) &&
    !timeWords.has(text)
  )
}
