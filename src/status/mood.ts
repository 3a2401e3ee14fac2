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
  pronouns,
  refusals,
  reporting,
  wishes,
} from './lexicon.ts'
import { isVerb, type Scene } from './mention.ts'

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

/** Reads tense, negation and modality of a verb. */
export function readManner(scene: Scene, hit: Hit): Manner {
  const { words } = scene
  let at = hit.at - 1
  let negated = false
  const skip = (): void => {
    for (; at >= 0; at -= 1) {
      const text = words[at]?.text ?? ''
      if (negations.has(text) && !futures.has(text) && !auxiliaries.has(text)) {
        if (text === 'no' || text === 'without') return
        negated = true
      } else if (!adverbs.has(text) && !text.endsWith('ly')) return
    }
  }
  skip()
  let passive = false
  let progress = false
  let helped = false
  for (; at >= 0; at -= 1, skip()) {
    const text = words[at]?.text ?? ''
    if (!auxiliaries.has(text)) break
    helped = true
    if (/^(being)$/u.test(text)) progress = true
    if (/^(be|been|being|is|are|was|were|isn't|aren't|wasn't|weren't|get|gets|got|it's|they're)$/u.test(text))
      passive = true
    if (/n't$/u.test(text)) negated = true
  }
  const word = words[at]
  const text = word?.text ?? ''
  const clause = clauseStart(scene, Math.min(at + 1, hit.at))
  const done = (mood: Mood, chain = at + 1): Manner => ({
    mood: isConditional(scene, clause) ? 'unsaid' : mood,
    chain,
    clause,
    passive,
  })
  if (futures.has(text)) return done(negated ? 'denied-future' : 'future', at)
  if (futureNegations.has(text)) return done('denied-future', at)
  if (maybes.has(text)) return done(negated || /n't$|cannot/u.test(text) ? 'denied' : 'maybe', at)
  if (oughts.has(text)) return done('ought', at)
  if (
    text === 'to' &&
    hit.cue.forms.some((f) => f === 'base' || (helped && (f === 'participle' || f === 'ing')))
  )
    return controlled(scene, at, negated, clause, passive)
  return done(bareMood(scene, hit, { at, helped, passive, progress, negated }))
}

interface Bare {
  readonly at: number
  readonly helped: boolean
  readonly passive: boolean
  readonly progress: boolean
  readonly negated: boolean
}

/** A verb without modal and "to". */
function bareMood(scene: Scene, hit: Hit, bare: Bare): Mood {
  const { forms } = hit.cue
  const before = scene.words[bare.at]
  if (bare.negated) return 'denied'
  if (forms.includes('ing')) {
    if (bare.helped) return 'progress'
    if (!before || before.kind === 'mark') return 'progress'
    return prepositions.has(before.text) || isVerb(scene, bare.at) ? 'unsaid' : 'progress'
  }
  if (bare.progress) return 'progress'
  if (bare.helped) return forms.includes('participle') || forms.includes('past') ? 'fact' : 'unsaid'
  if (forms.includes('third') || forms.includes('past') || forms.includes('participle')) {
    if (
      before &&
      /^(the|a|an|its|their|his|her|this|no|any|newly|of|for|by|with|without)$/u.test(before.text) &&
      !forms.includes('third')
    )
      return 'unsaid'
    if (before && /^(the|a|an|its|their|his|her|no|any|of|for|with|without)$/u.test(before.text))
      return 'unsaid'
    return 'fact'
  }
  if (!before || before.kind === 'mark') return 'unsaid'
  if (pronouns.has(before.text)) return 'fact'
  return before.text.endsWith('s') &&
    !before.possessive &&
    !prepositions.has(before.text) &&
    !isVerb(scene, bare.at)
    ? 'fact'
    : 'unsaid'
}

/** An infinitive: what stands before "to" tells whether it is planned, wished or refused. */
function controlled(scene: Scene, to: number, negated: boolean, clause: number, passive: boolean): Manner {
  const { words } = scene
  let at = to - 1
  while (at >= clause && adverbs.has(words[at]?.text ?? '') && !refusals.has(words[at]?.text ?? '')) at -= 1
  const text = words[at]?.text ?? ''
  const before = words.slice(Math.max(clause, at - 4), at).map((w) => w.text)
  const denies = negated || before.some((t) => negations.has(t))
  const done = (mood: Mood): Manner => ({
    mood: isConditional(scene, clause) ? 'unsaid' : mood,
    chain: firstOfChain(scene, at, clause),
    clause,
    passive,
  })
  if (at < clause) return done('unsaid')
  if (refusals.has(text)) return done(denies ? 'maybe' : 'denied')
  if (plans.has(text)) {
    if (denies) return done('denied-future')
    if (before.some((t) => maybes.has(t))) return done('maybe')
    return done(before.some((t) => oughts.has(t)) ? 'ought' : 'future')
  }
  if (wishes.has(text)) return done('wish')
  if (auxiliaries.has(text))
    return done(denies ? 'denied-future' : /^(has|have|had)$/u.test(text) ? 'ought' : 'future')
  const earlier = words
    .slice(clause, at)
    .some((_, i) => isVerb(scene, clause + i) && !reporting.has(words[clause + i]?.text ?? ''))
  return { ...done(earlier || isVerb(scene, at) ? 'unsaid' : denies ? 'denied-future' : 'future'), chain: to }
}

function firstOfChain(scene: Scene, at: number, clause: number): number {
  let chain = at
  while (chain - 1 >= clause) {
    const text = scene.words[chain - 1]?.text ?? ''
    if (
      !auxiliaries.has(text) &&
      !adverbs.has(text) &&
      !futures.has(text) &&
      !maybes.has(text) &&
      !negations.has(text)
    )
      break
    chain -= 1
  }
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

function isConditional(scene: Scene, clause: number): boolean {
  return conditions.has(scene.words[clause]?.text ?? '')
}

/** Whether a word of the clause from `from` to `to` makes it hearsay or a guess. */
export function isHedged(scene: Scene, from: number, to: number): boolean {
  return (
    scene.words.slice(from, to).some((word) => hedges.has(word.text)) ||
    /\b(said to|according to (?:sources|people|a report|reports|leaks?)|sources (?:say|said)|report says|people familiar|is believed|are believed)\b/u.test(
      scene.words.map((w) => w.text).join(' '),
    )
  )
}
