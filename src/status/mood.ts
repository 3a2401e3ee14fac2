import { readChain, type Chain, type Mood } from './chain.ts'
import type { Hit } from './cues.ts'
import { controlled } from './infinitive.ts'
import {
  clauseOpeners,
  conditions,
  futureNegations,
  futures,
  hedges,
  maybes,
  oughts,
  prepositions,
} from './lexicon.ts'
import { isVerb, type Scene } from './mention.ts'
import type { Word } from './words.ts'

/** How a verb stands in its clause. */
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
  const chain = readChain(scene.words, hit.at)
  const text = scene.words[chain.at]?.text ?? ''
  const joined = joinedVerb(scene, hit, chain) ?? begunVerb(scene, hit, chain)
  if (joined !== null) return readManner(scene, { ...hit, at: joined, cue: { ...hit.cue, forms: ['base'] } })
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
  const isSupposed = isPresupposed(scene, clause, hit.at) && !isKnown(scene, clause, hit, read.mood)
  const mood = isPast || isSupposed ? 'unsaid' : read.mood
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

/** "intends to deprecate and remove X": a base form behind another is in its mood. */
function joinedVerb(scene: Scene, hit: Hit, chain: Chain): number | null {
  if (chain.at !== hit.at - 1 || !/^(?:and|or|&)$/u.test(scene.words[chain.at]?.text ?? '')) return null
  const at = hit.at - 2
  const isBase = hit.cue.forms.includes('base') && !hit.cue.forms.includes('past')
  const before = scene.words[at - 1]?.text ?? ''
  const isOpen = before === 'to' || modalMood(before, false) !== null
  return isBase && isOpen && scene.words[at]?.kind === 'word' ? at : null
}

/** "will start shipping X": what begins is in the mood of its beginning. */
function begunVerb({ words }: Scene, hit: Hit, chain: Chain): number | null {
  if (!hit.cue.forms.includes('ing') || chain.at !== hit.at - 1) return null
  const before = words[chain.at - 1]?.text ?? ''
  const isOpen = before === 'to' || modalMood(before, false) !== null
  return isOpen && /^(?:start|begin|resume|commence)$/u.test(words[chain.at]?.text ?? '') ? chain.at : null
}

/** "when Acme launched X last week", "after X was sold": told as known, and so. */
function isKnown({ words }: Scene, clause: number, { cue }: Hit, mood: Mood): boolean {
  const isPast = cue.forms.includes('past') && !cue.forms.includes('base')
  const isLongAgo = /^(?:years?|decades?|months?)$/u.test(words[clause - 1]?.text ?? '')
  const isTold = /^(?:after|since|when)$/u.test(words[clause]?.text ?? '') && !isLongAgo
  return mood === 'fact' && isPast && cue.role === 'event' && isTold
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
  if (before.text === 'by' && isAhead(scene, chain.at)) return 'future'
  if (
    /^(?:about|over|on|of)$/u.test(before.text) &&
    /^(?:talks?|discussions?|idea|possibility|prospect)$/u.test(scene.words[chain.at - 1]?.text ?? '')
  )
    return 'wish'
  return prepositions.has(before.text) || isVerb(scene, chain.at) ? 'unsaid' : 'progress'
}

/** "to fight fraud by giving …": the means is in the mood of its end. */
function isAhead({ words }: Scene, by: number): boolean {
  return words.slice(Math.max(0, by - 6), by).some((word) => word.text === 'to' || word.text === 'will')
}

/** A base form is a fact with a plural or joined subject; at the beginning it is an appeal. */
function baseMood(scene: Scene, at: number): Mood {
  const before = scene.words[at]
  if (isIntent(scene) || sharesFuture(scene, at)) return 'future'
  if (!before || before.kind === 'mark') return isHeading(scene, at) ? 'future' : 'unsaid'
  if (/^(we|they|i|you)$/u.test(before.text)) return 'fact'
  if (before.possessive || prepositions.has(before.text) || isVerb(scene, at)) return 'unsaid'
  const isPlural = endsPlural(scene, at) || peoples.test(before.text)
  return isPlural || (before.capital && actsJointly(scene, at)) ? 'fact' : 'unsaid'
}

/** "Acme and Bolt release X", "Acme Lane announce X": a name of several. */
function actsJointly(scene: Scene, at: number): boolean {
  return isJoined(scene, at) || actsOn(scene, at + 1) || isTeam(scene, at)
}

/** "Acme Lane announce an album": a band or a team that the question knows, before a base form with an object, in a clause without another verb. */
function isTeam(scene: Scene, at: number): boolean {
  const { words, target } = scene
  const name = words[at]
  const object = words[at + 2]
  if (name?.capital !== true || !target.actors.has(name.text) || object?.kind !== 'word') return false
  if (words[at + 1]?.capital === true || prepositions.has(object.text)) return false
  return !words.some((_, i) => i > at + 1 && isVerb(scene, i))
}

/** "Marrow Lane announce third album": a name of several people, and an object that no noun could have. */
function actsOn({ words, verbsAt }: Scene, verb: number): boolean {
  const next = words[verb + 1]?.text ?? ''
  return verbsAt.has(verb) && /^(?:a|an|the|its|their|his|her|first|second|third|new|more)$/u.test(next)
}

/** "chips", "EarPods Pro 3": a plural, also one that a name goes on after. */
function endsPlural({ words }: Scene, at: number): boolean {
  for (let i = at; i >= at - 2; i -= 1) {
    const word = words[i]
    if (/[^siu]s$/u.test(word?.text ?? '')) return word?.possessive === false
    if (word?.kind !== 'number' && !(word?.capital === true && i < at + 1 && words[i - 1]?.capital === true))
      return false
  }
  return false
}

/** "Acme to buy Y, launch X" */
function sharesFuture({ words }: Scene, at: number): boolean {
  if (!/^(?:,|and|&)$/u.test(words[at]?.text ?? '')) return false
  const to = words.slice(0, at).findIndex((word) => word.text === 'to' || futures.has(word.text))
  return to > 0 && to <= 4 && words.slice(0, to).every((word) => word.kind !== 'mark')
}

/** "Acme and Ann Lee": the name that ends at a word is one of several. */
function isJoined({ words }: Scene, at: number): boolean {
  let from = at
  while (from > at - 3 && words[from - 1]?.capital === true && !words[from - 1]?.possessive) from -= 1
  return /^(?:and|,|&)$/u.test(words[from - 1]?.text ?? '')
}

/** Plurals without -s: "Dutch hand back control", "Police seize servers". */
const peoples =
  /^(?:dutch|french|british|chinese|japanese|swiss|irish|spanish|danish|swedish|finnish|polish|turkish|portuguese|taiwanese|vietnamese|police|people|feds|men|women|children|both|all)$/u

/** "Intent to remove: X", "Proposal: drop X" */
function isIntent({ words }: Scene): boolean {
  const [first, second] = words
  return /^(?:intent|proposal|plan|rfc)$/u.test(first?.text ?? '') && /^(?:to|:)$/u.test(second?.text ?? '')
}

/** "Proposal: drop X", "Acme proposal: drop X" */
function isHeading(scene: Scene, mark: number): boolean {
  return (
    mark <= 4 &&
    scene.words[mark]?.text === ':' &&
    /^(?:proposal|proposed|rfc|plan|intent|motion|decision|change)$/u.test(scene.words[mark - 1]?.text ?? '')
  )
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

/** "in May" */
function isMonth({ words }: Scene, at: number): boolean {
  const word = words[at]
  if (word?.text !== 'may' || !word.capital) return false
  return /^(?:in|by|on|this|next|last|early|late|mid|of|since|until|from)$/u.test(words[at - 1]?.text ?? '')
}

/** Whether a word of the clause from `from` to `to` makes it hearsay or a guess. */
export function isHedged(scene: Scene, from: number, to: number): boolean {
  return (
    /^(reports?|rumou?rs?|sources?|leaks?|exclusive rumou?r)$/u.test(
      scene.words[1]?.text === ':' ? (scene.words[0]?.text ?? '') : '',
    ) ||
    scene.words.slice(from, to).some((word, i) => hedges.has(word.text) && !isMonth(scene, from + i)) ||
    isSourced(scene.words) ||
    /\b(said to|according to (?:sources|people|a report|reports|leaks?)|sources (?:say|said)|report says|people familiar|widely expected|is believed|are believed)\b/u.test(
      scene.words.map((w) => w.text).join(' '),
    )
  )
}
