import type { Chain, Mood } from './chain.ts'
import {
  adverbs,
  auxiliaries,
  futures,
  maybes,
  negations,
  oughts,
  plans,
  refusals,
  reporting,
  wishes,
} from './lexicon.ts'
import { isVerb, type Scene } from './mention.ts'
import type { Word } from './words.ts'

/** What an infinitive comes to, and where its chain begins. */
export interface Controlled {
  readonly mood: Mood
  readonly chain: number
}

/** An infinitive: what stands before "to" tells whether it is planned, wished or refused. */
export function controlled(scene: Scene, chain: Chain, clause: number): Controlled {
  const { words } = scene
  let at = chain.at - 1
  while (at >= clause && (isFiller(words[at]?.text ?? '') || isParticle(words, at))) at -= 1
  if (at < clause) return { mood: 'unsaid', chain: chain.at }
  const text = words[at]?.text ?? ''
  const before = words.slice(Math.max(clause, at - 4), at).map((word) => word.text)
  const denies = chain.negated || isNegated(words, before, { from: at + 1, to: chain.at })
  const found = denies ? null : becomeBefore(words, clause, at)
  const mood = controlMood(scene, text, before, denies)
  if (found !== null) return found
  if (mood !== null) return { mood, chain: firstOfChain(scene, at, clause) }
  const named = nounMood(text, denies) ?? orderMood(words.slice(clause, at))
  return { mood: named ?? headlineFuture(scene, clause, at, denies), chain: chain.at }
}

/** Whether a negation stands before a word of control, or between it and "to". */
function isNegated(
  words: readonly Word[],
  before: readonly string[],
  { from, to }: { readonly from: number; readonly to: number },
): boolean {
  const between = words.slice(from, to).map((word) => word.text)
  return [...before, ...between].some((one) => negations.has(one))
}

/** "a bill to block X", "a plan to drop X": what a noun before "to" makes of it. */
function nounMood(text: string, denies: boolean): Mood | null {
  if (demands.test(text)) return 'wish'
  return intents.test(text) && !denies ? 'future' : null
}

/** "becomes the first state to ban X": it does; null where nobody becomes anything. */
function becomeBefore(words: readonly Word[], clause: number, at: number): Controlled | null {
  const become = words.findLastIndex(
    (word, i) => i >= clause && i < at && /^bec(?:ome|omes|ame|oming)$/u.test(word.text),
  )
  const isRanked = words
    .slice(become + 1, at + 1)
    .some((word) => /^(?:first|second|third|fourth|fifth|latest|last|only|newest|next)$/u.test(word.text))
  if (become < 0 || at - become > 7 || !isRanked) return null
  const before = words[become - 1]?.text ?? ''
  const text = words[become]?.text ?? ''
  if (maybes.has(before)) return { mood: 'maybe', chain: become - 1 }
  if (futures.has(before) || before === 'to') return { mood: 'future', chain: become - 1 }
  return { mood: text === 'becoming' ? 'progress' : text === 'become' ? 'unsaid' : 'fact', chain: become }
}

/** Who refuses what nobody makes him do has decided. */
function refusedMood({ obliged }: Scene['target'], text: string): Mood {
  return /^(?:refuses?|refused|declines?|declined)$/u.test(text) && !obliged ? 'denied-future' : 'denied'
}

/** What the word before "to" makes of an infinitive; null where it is no such word. */
function controlMood(
  { target }: Scene,
  text: string,
  before: readonly string[],
  denies: boolean,
): Mood | null {
  if (glad.test(text)) return denies ? 'denied' : 'fact'
  if (refusals.has(text)) return denies ? 'maybe' : refusedMood(target, text)
  if (plans.has(text)) return planMood(text, before, denies)
  // "is urged to", "Acme Urged to": an opinion of others
  if (/^(?:urged|pressed|pressured|encouraged|lobbied|begged|called|petitioned)$/u.test(text)) return 'ought'
  if (wishes.has(text)) return 'wish'
  return auxiliaries.has(text) ? auxiliaryMood(text, before, denies) : null
}

/** "is proud to announce X": to say so is to do it. */
const glad = /^(?:proud|pleased|happy|excited|delighted|thrilled|glad|honou?red|stoked)$/u

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
    .findLast(
      (word) => orders.test(word.text) || urging.test(word.text) || (wishes.has(word.text) && !word.capital),
    )
  if (!verb) return null
  return orders.test(verb.text) ? 'future' : 'ought'
}

/** Verbs with which outsiders ask for something. */
const urging =
  /^(?:urg|ask|press|pressur|lobb|implor|beg|petition|encourag|push|call|plead)(?:e|es|s|ed|ing|y|ies|ied)?$/u

const orders =
  /^(allow|let|orders|ordered|forces|forced|requires|required|compels|compelled|allows|allowed|lets|clears|cleared)$/u

/** "is to ship" is a plan, "has to ship" an opinion or a duty, "might have to close" may come. */
function auxiliaryMood(text: string, before: readonly string[], denies: boolean): Mood {
  if (denies) return 'denied-future'
  if (before.some((one) => maybes.has(one))) return 'maybe'
  return /^(has|have|had)$/u.test(text) ? 'ought' : 'future'
}

function planMood(text: string, before: readonly string[], denies: boolean): Mood {
  if (denies) return 'denied-future'
  if (before.some((one) => maybes.has(one))) return 'maybe'
  if (before.some((one) => oughts.has(one))) return 'ought'
  const over = before.some((one) => /^(was|were|had|originally|initially|previously)$/u.test(one))
  return over && text !== 'ordered' ? 'unsaid' : 'future'
}

/** "Intent to remove X", "a proposal to drop X": nouns of a plan in a title. */
const intents =
  /^(?:intent|intention|proposal|plans?|motion|decision|deal|agreement|approval|permission|clearance|blessing|nod|ahead)$/u

/** "a bill to block X", "lawsuit to stop X": what somebody is after. */
const demands =
  /^(?:bill|lawsuit|suit|petition|campaign|efforts?|fight|battle|case|letter|attempts?|lobby|initiative)$/u

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
  if (earlier && !denies && isPurpose(scene, clause, at)) return 'future'
  if (earlier || isVerb(scene, at)) return 'unsaid'
  return denies ? 'denied-future' : 'future'
}

/** "files for bankruptcy to sell itself", "signs a deal to build X": a step taken for what is to come. */
function isPurpose({ words }: Scene, clause: number, at: number): boolean {
  const before = words.slice(clause, at).map((word) => word.text)
  return before.some((text) => steps.test(text)) && !before.some((text) => obstacles.test(text))
}

const steps =
  /^(?:fil|rais|hir|form|sign|spend|spen|creat|join|partner|team|secur|appl|submit|borrow|recruit|ink|restructur|tap|enlist|pour|commit|merg|rush|rac|invest|draft|mov|deploy|implement|adopt)(?:e|es|s|ed|ing|y|ies|ied|ts?|ted|ring|ning|ping|ging)?$/u
/** Verbs with which somebody is kept from it, or another thing is meant. */
const obstacles =
  /^(?:delay|postpone|cancel|refus|fail|fight|sue|block|stop|urg|ask|want|need|help|how|ways?|why|not|never|without|lawsuit|suit|petition|complaint|bill)(?:s|es|ed|d|ing|e)?$/u

const chainSets = [auxiliaries, adverbs, futures, maybes, negations]

function firstOfChain(scene: Scene, at: number, clause: number): number {
  let chain = at
  while (chain - 1 >= clause && chainSets.some((set) => set.has(scene.words[chain - 1]?.text ?? '')))
    chain -= 1
  return chain
}
