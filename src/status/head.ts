import type { Hit } from './cues.ts'
import { singular } from './inflect.ts'
import {
  auxiliaries,
  bridges,
  offices,
  clauseOpeners,
  determiners,
  prepositions,
  pronouns,
  reporting,
} from './lexicon.ts'
import { isCompound, isVerb, type Mention, type Scene } from './mention.ts'
import type { Word } from './words.ts'

/** What stands before a noun phrase and governs it. */
export interface Head {
  readonly from: number
  readonly event: number | null
  readonly matter: boolean
  readonly stop: number
  readonly stopKind: Mention['stopKind']
  readonly denied: boolean
}

const longestModifiers = 7

/** Reads back from a noun phrase to what governs it, through "the release of", "a 10% stake in", "plan to ban". */
export function readHead(scene: Scene, start: number): Head {
  let from = start
  let event: number | null = null
  let matter = false
  let denied = false
  for (let guard = 0; guard < 4; guard += 1) {
    const walk = pastApposition(scene, walkBack(scene, from))
    denied ||= walk.denied
    const bridge = bridgeBefore(scene, walk.stop)
    if (!bridge) return { from, event, matter, stop: walk.stop, stopKind: walk.kind, denied }
    from = bridge.from
    event = bridge.event ?? event
    const noun = singular(scene.words[from]?.text ?? '')
    matter ||= scene.target.table.matters.has(noun) || scene.target.goal.has(noun)
  }
  return { from, event, matter, stop: from - 1, stopKind: 'preposition', denied }
}

/** The noun that the word at `stop` ties to what follows, with the event that it brings along. */
function bridgeBefore(scene: Scene, stop: number): { from: number; event: number | null } | null {
  const word = scene.words[stop]
  if (!word) return null
  if (tiesNoun(scene, stop - 1, word.text)) {
    const from = stop - 1
    return { from, event: scene.eventNouns.has(from) ? from : null }
  }
  const hit = scene.hits.find((one) => isAskedVerb(scene, one) && one.end - 1 === stop)
  const duty = dutyBefore(scene, stop)
  if (duty !== null) return { from: duty, event: null }
  if (!hit || scene.words[hit.at - 1]?.text !== 'to') return null
  const plan = hit.at - 2
  return isBridge(scene, plan) && isNounPlan(scene, plan) ? { from: plan, event: hit.at } : null
}

/** Whether a preposition ties what follows to the noun before it. */
function tiesNoun(scene: Scene, noun: number, preposition: string): boolean {
  if (preposition === 'of' && (partitives.test(scene.words[noun]?.text ?? '') || isWhoLeaves(scene, noun)))
    return true
  if (!/^(of|for|to|on|in|over|into|about)$/u.test(preposition)) return false
  return isBridge(scene, noun) || isOfQuestion(scene, noun)
}

/** "fires head of X", where the question is whether X's head goes. */
function isWhoLeaves({ words, target }: Scene, noun: number): boolean {
  const asksWho = [...target.events].some((at) => target.table.events[at]?.name === 'departure')
  return (
    asksWho && offices.has(words[noun]?.text ?? '') && [...target.named].some((word) => offices.has(word))
  )
}

/** "most of X", "the first of X": nearly X itself. */
const partitives = /^(?:most|all|majority|rest|first|bulk|lot)$/u

/** "order to preload X" */
function dutyBefore(scene: Scene, stop: number): number | null {
  for (let at = stop; at > stop - 3; at -= 1) {
    const isDuty = /^(?:order|mandate|requirement|directive|demand|rule)$/u.test(
      scene.words[at - 1]?.text ?? '',
    )
    if (scene.words[at]?.text === 'to' && isDuty) return at - 1
  }
  return null
}

function isAskedVerb(scene: Scene, hit: Hit): boolean {
  return hit.cue.type === 'verb' && hit.cue.role === 'event' && scene.target.events.has(hit.cue.event)
}

function isBridge(scene: Scene, at: number): boolean {
  const text = scene.words[at]?.text
  if (
    text === undefined ||
    /^(to|will|would|could|may|might|should|can|must)$/u.test(scene.words[at - 1]?.text ?? '')
  )
    return false
  if (isFiniteHere(scene, at)) return false
  return bridges.has(text) || bridges.has(singular(text)) || scene.eventNouns.has(at)
}

/** "satellites for X", where the question asks for the satellites of X. */
function isOfQuestion({ words, target }: Scene, at: number): boolean {
  const text = singular(words[at]?.text ?? '')
  if (target.goal.has(text)) return true
  return target.named.has(text) && target.table.companions.has(text) && !target.actors.has(text)
}

/** "Acme bids for X": a word that is noun and verb is the verb of a clause that has no other. */
function isFiniteHere(scene: Scene, at: number): boolean {
  const text = scene.words[at]?.text ?? ''
  const before = scene.words[at - 1]
  if (!scene.verbsAt.has(at) || !text.endsWith('s') || !before || before.kind === 'mark') return false
  if (before.possessive || determiners.has(before.text) || prepositions.has(before.text)) return false
  return !scene.words.some((_, i) => i !== at && !scene.eventNouns.has(i) && isVerb(scene, i))
}

/** "plan to", "bill to" as nouns, not "plans to" as a verb. */
function isNounPlan(scene: Scene, at: number): boolean {
  const before = scene.words[at - 1]
  if (before && /^(we|they|i|you)$/u.test(before.text)) return false
  if (!/^(plans|votes|moves|bids|orders|proposes|decision|decisions)$/u.test(scene.words[at]?.text ?? ''))
    return true
  if (!before || before.text === 'no') return false
  return before.possessive || determiners.has(before.text) || isOtherVerb(scene, at - 1)
}

/** "reverses plans to sell", not "has plans to sell". */
function isOtherVerb(scene: Scene, at: number): boolean {
  return scene.verbsAt.has(at) && !auxiliaries.has(scene.words[at]?.text ?? '')
}

interface Walk {
  readonly stop: number
  readonly kind: Mention['stopKind']
  readonly denied: boolean
}

/** Back over modifiers: determiners, adjectives, nouns, possessives. */
function walkBack(scene: Scene, start: number): Walk {
  let denied = false
  for (let at = start - 1; at >= 0; at -= 1) {
    const word = scene.words[at]
    if (!word) break
    denied ||= word.text === 'no'
    const kind = stopsAt(scene, at, start, word)
    if (kind !== null) return { stop: at, kind, denied }
  }
  return { stop: -1, kind: 'start', denied }
}

/** "releases Foo, its first X", "Foo—two X": what is said of the name before is said of the subject. */
function pastApposition(scene: Scene, walk: Walk): Walk {
  const mark = scene.words[walk.stop]?.text
  const next = scene.words[walk.stop + 1]?.text ?? ''
  if (walk.kind === 'mark' && mark === ',' && isNamedLast(scene, walk.stop)) {
    const described = walkBack(scene, walk.stop)
    return described.kind === 'verb' ? { ...described, denied: walk.denied || described.denied } : walk
  }
  if (
    walk.kind !== 'mark' ||
    (mark !== '—' && mark !== ',') ||
    !/^(a|an|the|its|their|his|her|our|two|three|four)$/u.test(next)
  )
    return walk
  const before = walkBack(scene, walk.stop)
  return before.kind === 'verb' ? { ...before, denied: walk.denied || before.denied } : walk
}

/** "launches a new browser, X": the name stands behind what it is, which begins with an article. */
function isNamedLast({ words }: Scene, comma: number): boolean {
  const name = words[comma + 1]
  if (name?.capital !== true || determiners.has(name.text)) return false
  for (let at = comma - 1; at >= 0 && at >= comma - 7; at -= 1) {
    const word = words[at]
    if (!word || word.kind === 'mark') return false
    if (/^(?:a|an|its|their|his|her|our)$/u.test(word.text)) return true
  }
  return false
}

/** Why a noun phrase does not reach back over this word; null where it does. */
function stopsAt(scene: Scene, at: number, start: number, word: Word): Mention['stopKind'] | null {
  const { text } = word
  if (word.kind === 'mark') return markStops(scene, at, text)
  if (text === 'and' || text === 'or') return coordinates(scene, at, start) ? null : 'conjunction'
  if (/^(that|which|who)$/u.test(text)) return 'conjunction'
  if (isHyphened(scene, at, start) || joinsOn(scene, at, text)) return null
  if (start - at > longestModifiers || isPronoun(word)) return 'verb'
  if (reporting.has(text)) return scene.verbsAt.has(at) ? 'verb' : 'report'
  if (isModifier(scene, at, start)) return null
  return isVerb(scene, at) || endsVerb(scene, at) ? 'verb' : smallWord(text)
}

/** "us" in capitals is the country. */
function isPronoun({ text, capital }: Word): boolean {
  return pronouns.has(text) && !(text === 'us' && capital)
}

/** "the X", "releases Y alongside X", "data on how much X" */
function joinsOn({ words }: Scene, at: number, text: string): boolean {
  if (determiners.has(text)) return true
  return text === 'alongside' || (text === 'how' && /^(?:much|many)$/u.test(words[at + 1]?.text ?? ''))
}

/** "for-profit": a word that a hyphen joins to the next is part of a name or an adjective. */
function isHyphened(scene: Scene, at: number, start: number): boolean {
  return at + 1 < start && scene.words[at + 1]?.glued === true && !scene.verbsAt.has(at)
}

function smallWord(text: string): Mention['stopKind'] | null {
  if (/^(as|after|before|since)$/u.test(text)) return 'conjunction'
  if (prepositions.has(text) || text === 'to') return 'preposition'
  return clauseOpeners.has(text) ? 'conjunction' : null
}

function markStops(scene: Scene, at: number, text: string): Mention['stopKind'] | null {
  if (/^[%$€£+#@/]$/u.test(text)) return null
  if (text === ',' && listGoesOn(scene, at)) return null
  return /^[)&]$/u.test(text) ? 'conjunction' : 'mark'
}

function coordinates(scene: Scene, at: number, start: number): boolean {
  const before = scene.words[at - 1]
  return before !== undefined && before.kind !== 'mark' && !isVerb(scene, at - 1) && start - at <= 4
}

/** "benchmark-beating", "a testing firm": forms in -ing and -ed inside a noun phrase are adjectives. */
function isModifier(scene: Scene, at: number, start: number): boolean {
  const word = scene.words[at]
  const before = scene.words[at - 1]
  if (!word || scene.verbsAt.has(at)) return false
  if (word.glued) return true
  if (word.text.endsWith('ing') && determiners.has(before?.text ?? '')) return true
  const inside =
    start - at >= 2 && before !== undefined && before.kind !== 'mark' && !auxiliaries.has(before.text)
  return inside && word.text.endsWith('ing')
}

/** The last word of a verb of several words ("files for", "warns of"). */
function endsVerb(scene: Scene, at: number): boolean {
  if (isCompound(scene, at)) return false
  return scene.hits.some(
    (hit) =>
      hit.cue.type === 'verb' &&
      hit.end - 1 === at &&
      scene.words[hit.at - 1]?.possessive !== true &&
      !determiners.has(scene.words[hit.at - 1]?.text ?? ''),
  )
}

function listGoesOn(scene: Scene, at: number): boolean {
  const next = scene.words[at + 1]
  const before = scene.words[at - 1]
  return (
    before?.capital === true &&
    next?.capital === true &&
    scene.words.slice(at + 1, at + 7).some((w) => w.text === 'and')
  )
}
