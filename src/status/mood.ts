import type { Hit } from './cues.ts'
import {
  adverbs,
  auxiliaries,
  clauseOpeners,
  conditions,
  futureNegations,
  futures,
  hedges,
  maybes,
  negations,
  oughts,
  plans,
  prepositions,
  refusals,
  reporting,
  wishes,
} from './lexicon.ts'
import { isVerb, type Scene } from './mention.ts'
import type { Word } from './words.ts'

/** How a verb stands in its clause. */
export type Mood =
  'fact' | 'progress' | 'future' | 'maybe' | 'wish' | 'ought' | 'denied' | 'denied-future' | 'unsaid'

export interface Manner {
  readonly mood: Mood
  /** First word of the verb with its auxiliaries. */
  readonly chain: number
  /** First word of the clause. */
  readonly clause: number
  readonly passive: boolean
}

/** What stands directly before a verb: its auxiliaries and adverbs, read back to front. */
interface Chain {
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

function readChain(words: readonly Word[], verb: number): Chain {
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

/** Reads tense, negation and modality of a verb. */
export function readManner(scene: Scene, hit: Hit): Manner {
  const chain = readChain(scene.words, hit.at)
  const text = scene.words[chain.at]?.text ?? ''
  const clause = clauseStart(scene, Math.min(chain.at + 1, hit.at))
  const infinitive =
    text === 'to' &&
    hit.cue.forms.some(
      (form) => form === 'base' || (chain.helped && (form === 'participle' || form === 'ing')),
    )
  const read = infinitive
    ? controlled(scene, chain, clause)
    : {
        mood: modalMood(text, chain.negated) ?? bareMood(scene, hit, chain),
        chain: modalStart(text, chain.at),
      }
  const isPast = read.mood === 'fact' && (chain.earlier || isHalfway(chain, hit))
  const mood = isPast || isPresupposed(scene, clause, hit.at) ? 'unsaid' : read.mood
  return {
    mood,
    chain: Math.max(read.chain, clause),
    clause,
    passive: chain.passive && !hit.cue.forms.includes('ing'),
  }
}

/** What is put off or blocked for a while is so all the same. */
function isHalfway(chain: Chain, { cue }: Hit): boolean {
  return chain.halfway && cue.role !== 'delayed' && cue.role !== 'cancelled'
}

/** "after X came", but not "weighs whether to release X" */
function isPresupposed({ words }: Scene, clause: number, at: number): boolean {
  const opener = words[clause]?.text ?? ''
  const isWeighed = opener === 'whether' && words[clause + 1]?.text === 'to' && clause > 0
  return presupposing.has(opener) && clause < at && !isWeighed
}

/** Words that open a clause whose content is supposed or known already, not told. */
const presupposing = new Set([...conditions, 'after', 'since', 'before', 'when'])

function modalMood(text: string, negated: boolean): Mood | null {
  if (futures.has(text)) return negated ? 'denied-future' : 'future'
  if (futureNegations.has(text)) return 'denied-future'
  if (maybes.has(text)) return negated || text.endsWith("n't") || text === 'cannot' ? 'denied' : 'maybe'
  return oughts.has(text) ? 'ought' : null
}

function modalStart(text: string, at: number): number {
  return modalMood(text, false) === null ? at + 1 : at
}

/** A verb without modal and "to". */
function bareMood(scene: Scene, hit: Hit, chain: Chain): Mood {
  const { forms } = hit.cue
  if (chain.negated) return 'denied'
  if (forms.includes('ing')) return gerundMood(scene, chain)
  if (chain.progress) return 'progress'
  if (chain.helped) return forms.includes('participle') || forms.includes('past') ? 'fact' : 'unsaid'
  const before = scene.words[chain.at]
  if (forms.includes('third') || forms.includes('past') || forms.includes('participle')) {
    const isNoun = before !== undefined && (before.possessive || nounBefore.test(before.text))
    return isNoun ? 'unsaid' : 'fact'
  }
  return baseMood(scene, chain.at)
}

const nounBefore =
  /^(the|a|an|its|their|his|her|our|no|any|newly|of|for|by|with|without|on|over|despite|amid|from)$/u

/** "considers selling" */
const musings =
  /^(?:consider|weigh|mull|explor|discuss|contemplat|debat|ponder|eye|float|propos|suggest)(?:s|es|ed|ing|ling|led|e)?$/u

/** "is releasing", "Releasing X": under way; "after releasing", "by releasing": said in passing. */
function gerundMood(scene: Scene, chain: Chain): Mood {
  const before = scene.words[chain.at]
  if (chain.helped || !before || before.kind === 'mark') return 'progress'
  if (/^(begins|began|starts|started|finishes|finished|completes|completed)$/u.test(before.text))
    return 'fact'
  if (musings.test(before.text)) return 'wish'
  return prepositions.has(before.text) || isVerb(scene, chain.at) ? 'unsaid' : 'progress'
}

/** A base form is a fact with a plural or joined subject; at the beginning it is an appeal. */
function baseMood(scene: Scene, at: number): Mood {
  const before = scene.words[at]
  if (isIntent(scene)) return 'future'
  if (!before || before.kind === 'mark') return 'unsaid'
  if (/^(we|they|i|you)$/u.test(before.text)) return 'fact'
  if (before.possessive || prepositions.has(before.text) || isVerb(scene, at)) return 'unsaid'
  const isPlural = before.text.endsWith('s') && !before.text.endsWith('ss')
  const isJoint = before.capital && /^(and|,|&)$/u.test(scene.words[at - 1]?.text ?? '')
  return isPlural || isJoint ? 'fact' : 'unsaid'
}

/** "Intent to remove: X", "Proposal: drop X" */
function isIntent({ words }: Scene): boolean {
  const [first, second] = words
  return /^(?:intent|proposal|plan|rfc)$/u.test(first?.text ?? '') && /^(?:to|:)$/u.test(second?.text ?? '')
}

interface Controlled {
  readonly mood: Mood
  readonly chain: number
}

/** An infinitive: what stands before "to" tells whether it is planned, wished or refused. */
function controlled(scene: Scene, chain: Chain, clause: number): Controlled {
  const { words } = scene
  let at = chain.at - 1
  while (at >= clause && (isFiller(words[at]?.text ?? '') || isParticle(words, at))) at -= 1
  if (at < clause) return { mood: 'unsaid', chain: chain.at }
  const text = words[at]?.text ?? ''
  const before = words.slice(Math.max(clause, at - 4), at).map((word) => word.text)
  const between = words.slice(at + 1, chain.at).map((word) => word.text)
  const denies = chain.negated || [...before, ...between].some((one) => negations.has(one))
  const mood = controlMood(text, before, denies)
  if (mood !== null) return { mood, chain: firstOfChain(scene, at, clause) }
  const ordered = orderMood(words.slice(clause, at))
  return { mood: ordered ?? headlineFuture(scene, clause, at, denies), chain: chain.at }
}

/** What the word before "to" makes of an infinitive; null where it is no such word. */
function controlMood(text: string, before: readonly string[], denies: boolean): Mood | null {
  if (refusals.has(text)) return denies ? 'maybe' : 'denied'
  if (plans.has(text)) return planMood(text, before, denies)
  if (wishes.has(text)) return 'wish'
  return auxiliaries.has(text) ? auxiliaryMood(text, denies) : null
}

/** "is gearing up to" */
function isParticle(words: readonly Word[], at: number): boolean {
  return words[at]?.text === 'up' && plans.has(words[at - 1]?.text ?? '')
}

/** Adverbs and "not" between a control word and "to". */
function isFiller(text: string): boolean {
  return (adverbs.has(text) || text === 'not' || text === 'never') && !refusals.has(text)
}

/** "orders Acme to sell" binds, "urges Acme to sell" is an opinion. */
function orderMood(before: readonly Word[]): Mood | null {
  const verb = before
    .slice(-5)
    .findLast((word) => orders.test(word.text) || (wishes.has(word.text) && !word.capital))
  if (!verb) return null
  return orders.test(verb.text) ? 'future' : 'ought'
}

const orders =
  /^(orders|ordered|forces|forced|requires|required|compels|compelled|allows|allowed|lets|clears|cleared)$/u

/** "is to ship" is a plan, "has to ship" an opinion or a duty. */
function auxiliaryMood(text: string, denies: boolean): Mood {
  if (denies) return 'denied-future'
  return /^(has|have|had)$/u.test(text) ? 'ought' : 'future'
}

function planMood(text: string, before: readonly string[], denies: boolean): Mood {
  if (denies) return 'denied-future'
  if (before.some((one) => maybes.has(one))) return 'maybe'
  if (before.some((one) => oughts.has(one))) return 'ought'
  const over = before.some((one) => /^(was|were|had|originally|initially|previously)$/u.test(one))
  return over && text !== 'ordered' ? 'unsaid' : 'future'
}

/** "agrees to pay a billion to settle" */
const promises = /^(agrees|agreed|agreeing|vows|vowed|promises|promised)$/u

/** "Acme to ship X": a plan, unless another verb makes "to" mean "in order to". */
function headlineFuture(scene: Scene, clause: number, at: number, denies: boolean): Mood {
  const earlier = scene.words
    .slice(clause, at)
    .some((word, i) => isVerb(scene, clause + i) && !reporting.has(word.text) && !word.text.endsWith('ing'))
  const promised = scene.words
    .slice(clause, at)
    .some((word) => promises.test(word.text) || futures.has(word.text))
  if (promised && !denies) return 'future'
  if (earlier || isVerb(scene, at)) return 'unsaid'
  return denies ? 'denied-future' : 'future'
}

const chainSets = [auxiliaries, adverbs, futures, maybes, negations]

function firstOfChain(scene: Scene, at: number, clause: number): number {
  let chain = at
  while (chain - 1 >= clause && chainSets.some((set) => set.has(scene.words[chain - 1]?.text ?? '')))
    chain -= 1
  return chain
}

/** The first word of the clause that holds word `at`. */
export function clauseStart(scene: Scene, at: number): number {
  for (let i = at - 1; i >= 0; i -= 1) {
    const word = scene.words[i]
    if (!word) continue
    if (word.kind === 'mark' && !/^[()&/+%$€£.#@]$/u.test(word.text)) return i + 1
    if (clauseOpeners.has(word.text) && !(word.text === 'as' && i === at - 1)) return i
  }
  return 0
}

/** "Acme to launch X: sources", "X cancelled (report)" */
function isSourced(words: readonly Word[]): boolean {
  const [mark, last] = words.filter((word) => word.text !== ')').slice(-2)
  return mark?.kind === 'mark' && /^(sources?|reports?|rumou?rs?|leaks?|insiders?)$/u.test(last?.text ?? '')
}

/** Whether a word of the clause from `from` to `to` makes it hearsay or a guess. */
export function isHedged(scene: Scene, from: number, to: number): boolean {
  return (
    /^(reports?|rumou?rs?|sources?|leaks?|exclusive rumou?r)$/u.test(
      scene.words[1]?.text === ':' ? (scene.words[0]?.text ?? '') : '',
    ) ||
    scene.words.slice(from, to).some((word) => hedges.has(word.text)) ||
    isSourced(scene.words) ||
    /\b(said to|according to (?:sources|people|a report|reports|leaks?)|sources (?:say|said)|report says|people familiar|is believed|are believed)\b/u.test(
      scene.words.map((w) => w.text).join(' '),
    )
  )
}
