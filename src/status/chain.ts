import { adverbs, auxiliaries, negations } from './lexicon.ts'
import type { Word } from './words.ts'

/** How a verb stands in its clause. */
export type Mood =
  'fact' | 'progress' | 'future' | 'maybe' | 'wish' | 'ought' | 'denied' | 'denied-future' | 'unsaid'

/** What stands directly before a verb: its auxiliaries and adverbs, read back to front. */
export interface Chain {
  /** The word before all of them. */
  readonly at: number
  readonly helped: boolean
  readonly passive: boolean
  readonly progress: boolean
  readonly negated: boolean
  /** "nearly", "briefly": it did not come to stay, or at all. */
  readonly halfway: boolean
  /** "had been", "was already": told as what went before. */
  readonly earlier: boolean
}

const passives =
  /^(be|been|being|is|are|was|were|isn't|aren't|wasn't|weren't|get|gets|got|it's|they're|that's)$/u
const halves = /^(almost|nearly|briefly|temporarily|accidentally|mistakenly|partially|partly|internally)$/u

/** Reads what stands before the verb at a word. */
export function readChain(words: readonly Word[], verb: number): Chain {
  let at = verb - 1
  while (at >= 0 && isChainWord(words[at]?.text ?? '')) at -= 1
  const texts = words.slice(at + 1, verb).map((word) => word.text)
  const helpers = texts.filter((text) => auxiliaries.has(text))
  const isOver = texts.some((text) => /^(already|previously|originally|initially)$/u.test(text))
  return {
    at,
    helped: helpers.length > 0,
    passive: helpers.some((text) => passives.test(text)),
    progress: helpers.includes('being'),
    negated: texts.some((text) => text.endsWith("n't") || isNegation(text)),
    halfway: texts.some((text) => halves.test(text)),
    earlier: helpers.includes('had') || (isOver && helpers.some((text) => /^(was|were)$/u.test(text))),
  }
}

function isChainWord(text: string): boolean {
  return auxiliaries.has(text) || isNegation(text) || adverbs.has(text) || text.endsWith('ly')
}

/** Negations that stand beside a verb, not modals of their own nor pronouns. */
function isNegation(text: string): boolean {
  return negations.has(text) && !/^(no|none|nobody|nothing|without|won't|cannot)$|n't$/u.test(text)
}
