import type { CueTable, Hit } from './cues.ts'
import { singular, verbForms } from './inflect.ts'
import {
  adverbs,
  auxiliaries,
  bridges,
  clauseOpeners,
  commonVerbs,
  conjunctions,
  determiners,
  futureNegations,
  futures,
  maybes,
  negations,
  oughts,
  prepositions,
  pronouns,
  reporting,
  timeWords,
  variants,
} from './lexicon.ts'
import type { Target } from './question.ts'
import type { Word } from './words.ts'

/** Where the subject, or something of its event, stands in a sentence. Word ranges are end exclusive. */
export interface Mention {
  readonly from: number
  readonly to: number
  /** The whole noun phrase: "the release of X" from its first noun, "X launch" to its last. */
  readonly npFrom: number
  readonly npTo: number
  /** The noun of the event inside the noun phrase ("X launch"). */
  readonly event: number | null
  /** Whether the noun phrase means the subject, or only names it ("an X rival"). */
  readonly self: boolean
  /** Why not. */
  readonly other: string | null
  /** The word before the noun phrase and its modifiers, -1 at the beginning. */
  readonly stop: number
  readonly stopKind: 'start' | 'mark' | 'verb' | 'report' | 'preposition' | 'conjunction'
  /** "no X launch" */
  readonly denied: boolean
  /** Not the subject itself, but a word that takes it up again ("the launch", "it"). */
  readonly echo: boolean
}

/** A sentence made ready: its words, and which of them are cues. */
export interface Scene {
  readonly words: readonly Word[]
  readonly hits: readonly Hit[]
  readonly target: Target
  /** By word: the event noun (of the question's events) that ends there. */
  readonly eventNouns: ReadonlyMap<number, Hit>
  /** Words at which a verb of the kind begins. */
  readonly verbsAt: ReadonlySet<number>
}

/** Makes a sentence ready. */
export function sceneOf(words: readonly Word[], hits: readonly Hit[], target: Target): Scene {
  const eventNouns = new Map<number, Hit>()
  const verbsAt = new Set<number>()
  for (const hit of hits) {
    if (hit.cue.type === 'verb') verbsAt.add(hit.at)
    else if (hit.cue.role === 'event' && target.events.has(hit.cue.event)) {
      for (let i = hit.at; i < hit.end; i += 1) eventNouns.set(i, hit)
    }
  }
  return { words, hits, target, eventNouns, verbsAt }
}

const common = new Set<string>()
for (const verb of commonVerbs) for (const form of verbForms(verb).keys()) common.add(form)
/** Verbs of the news whose base or third form is as often a noun. */
const nounLike = new Set(
  'plan plans deal deals show shows play face test tests move moves run work works help talk talks lead claim claims report reports study share shares power call calls stand fall drive start debate design force top cause look looks attack challenge help target train trial save scan scans sound track walk watch wonder hit hits add will fight blast need needs demand demands'.split(
    ' ',
  ),
)

/** Whether a word is surely a verb here. */
export function isVerb(scene: Scene, at: number): boolean {
  const word = scene.words[at]
  if (!word || word.kind === 'mark' || word.possessive) return false
  const { text } = word
  if (
    auxiliaries.has(text) ||
    futures.has(text) ||
    maybes.has(text) ||
    oughts.has(text) ||
    futureNegations.has(text)
  )
    return true
  if (reporting.has(text)) return true
  if (scene.verbsAt.has(at) && !scene.eventNouns.has(at) && !isNounHere(scene, at)) return true
  return common.has(text) && !nounLike.has(text)
}

/** "the", "its", "a … plan": a word after these is no verb. */
function isNounHere(scene: Scene, at: number): boolean {
  const before = scene.words[at - 1]
  if (!before) return false
  if (before.possessive) return true
  return /^(the|a|an|its|their|his|her|our|this|that|no|any)$/u.test(before.text)
}

const follow = (word: Word): boolean => {
  const { text } = word
  return (
    word.kind === 'mark' ||
    prepositions.has(text) ||
    conjunctions.has(text) ||
    auxiliaries.has(text) ||
    futures.has(text) ||
    maybes.has(text) ||
    oughts.has(text) ||
    futureNegations.has(text) ||
    adverbs.has(text) ||
    pronouns.has(text) ||
    negations.has(text) ||
    timeWords.has(text) ||
    text === 'to' ||
    text === 'not' ||
    determiners.has(text) ||
    reporting.has(text) ||
    text.endsWith('ly')
  )
}

/** How a noun phrase goes on after the subject: where it ends, whether it is still the subject. */
interface Tail {
  readonly to: number
  readonly event: number | null
  readonly other: string | null
}

const sizes = /^\d+(?:\.\d+)?[bmk]$/u

/** Reads on from the subject's last word. */
export function readTail(scene: Scene, from: number, to: number): Tail {
  const { words, target } = scene
  let at = to
  let event: number | null = null
  const last = words[to - 1]
  for (let guard = 0; guard < 6; guard += 1) {
    const word = words[at]
    if (!word) break
    if (word.glued) {
      if (sizes.test(word.text)) {
        at += 1
        continue
      }
      if (scene.eventNouns.has(at)) {
        event = at
        at += 1
        continue
      }
      return { to: at + 1, event, other: `${last?.text ?? ''}-${word.text}` }
    }
    if (variants.has(word.text) && !scene.verbsAt.has(at) && !target.table.companions.has(word.text)) {
      return { to: at + 1, event, other: word.text }
    }
    if (target.table.bystanders.has(word.text) || target.table.bystanders.has(singular(word.text)))
      return { to: at + 1, event, other: word.text }
    const noun = scene.eventNouns.get(at)
    if (noun && !isEventVerbHere(scene, at)) {
      event = at
      at = noun.end
      continue
    }
    if (isCompanion(target.table, word.text)) {
      at += 1
      continue
    }
    if (word.text === '(') {
      const close = closing(words, at)
      if (close > 0) {
        at = close + 1
        continue
      }
    }
    if (word.kind === 'number') {
      const next = words[at + 1]
      if (word.text.length <= 2 && !(next && timeWords.has(next.text)))
        return { to: at + 1, event, other: word.text }
      break
    }
    if (follow(word) || isVerb(scene, at) || scene.verbsAt.has(at)) break
    if (words[at + 1] && isCompanion(target.table, words[at + 1]?.text ?? '') && !isVerb(scene, at + 1)) {
      at += 2
      continue
    }
    if (word.text.endsWith('ed') || word.text.endsWith('ing')) break
    return { to: at + 1, event, other: word.text }
  }
  void from
  return { to: at, event, other: null }
}

/** An event's noun that is written as its verb ("GPT launches") is the verb when nothing else can be. */
function isEventVerbHere(scene: Scene, at: number): boolean {
  if (!scene.verbsAt.has(at)) return false
  const next = scene.words[at + 1]
  const text = scene.words[at]?.text ?? ''
  const laterVerb = scene.words
    .slice(at + 1)
    .some((_, i) => isVerb(scene, at + 1 + i) || scene.verbsAt.has(at + 1 + i))
  if (text.endsWith('s') && !text.endsWith('ss'))
    return (
      !laterVerb || !next || next.kind === 'mark' || prepositions.has(next.text) || timeWords.has(next.text)
    )
  return false
}

function isCompanion(table: CueTable, text: string): boolean {
  return table.companions.has(text) || table.companions.has(singular(text))
}

function closing(words: readonly Word[], open: number): number {
  for (let i = open + 1; i < words.length && i <= open + 8; i += 1) if (words[i]?.text === ')') return i
  return -1
}

interface Head {
  readonly from: number
  readonly event: number | null
  readonly stop: number
  readonly stopKind: Mention['stopKind']
  readonly denied: boolean
}

/** Reads back from a noun phrase to what governs it, through "the release of", "plan to ban". */
export function readHead(scene: Scene, start: number): Head {
  let from = start
  let event: number | null = null
  let denied = false
  for (let guard = 0; guard < 4; guard += 1) {
    const walk = walkBack(scene, from)
    denied ||= walk.denied
    const { stop } = walk
    const word = scene.words[stop]
    if (stop < 0 || !word) return { from, event, stop: -1, stopKind: 'start', denied }
    const before = scene.words[stop - 1]
    const bridged =
      /^(of|for|to|on|in)$/u.test(word.text) && before !== undefined && isBridge(scene, stop - 1)
    if (bridged) {
      from = stop - 1
      if (scene.eventNouns.has(from)) event = from
      continue
    }
    const hit = scene.hits.find(
      (h) =>
        h.cue.type === 'verb' &&
        h.cue.role === 'event' &&
        h.end - 1 === stop &&
        scene.target.events.has(h.cue.event),
    )
    const to = hit ? scene.words[hit.at - 1] : undefined
    if (hit && to?.text === 'to' && isBridge(scene, hit.at - 2) && isNounPlan(scene, hit.at - 2)) {
      from = hit.at - 2
      event = hit.at
      continue
    }
    return { from, event, stop, stopKind: walk.kind, denied }
  }
  return { from, event, stop: from - 1, stopKind: 'preposition', denied }
}

function isBridge(scene: Scene, at: number): boolean {
  const text = scene.words[at]?.text ?? ''
  return bridges.has(text) || bridges.has(singular(text)) || scene.eventNouns.has(at)
}

/** "plan to", "bill to" as nouns, not "plans to" as a verb. */
function isNounPlan(scene: Scene, at: number): boolean {
  const word = scene.words[at]
  const before = scene.words[at - 1]
  if (!word) return false
  if (/^(plans|votes|moves|bids|orders|proposes)$/u.test(word.text))
    return before?.possessive === true || determiners.has(before?.text ?? '')
  return true
}

/** Back over modifiers: determiners, adjectives, nouns, possessives. */
function walkBack(scene: Scene, start: number): { stop: number; kind: Mention['stopKind']; denied: boolean } {
  const { words } = scene
  let denied = false
  for (let at = start - 1; at >= 0; at -= 1) {
    const word = words[at]
    if (!word) break
    if (word.kind === 'mark') {
      if (word.text === ',' && listGoesOn(scene, at)) continue
      return { stop: at, kind: /^[)&/+]$/u.test(word.text) ? 'conjunction' : 'mark', denied }
    }
    if (word.text === 'no') denied = true
    if (word.text === 'and' || word.text === 'or') {
      const before = words[at - 1]
      if (before && before.kind !== 'mark' && !isVerb(scene, at - 1) && start - at <= 4) continue
      return { stop: at, kind: 'conjunction', denied }
    }
    if (determiners.has(word.text)) continue
    if (reporting.has(word.text)) return { stop: at, kind: scene.verbsAt.has(at) ? 'verb' : 'report', denied }
    if (isVerb(scene, at) || endsVerb(scene, at)) return { stop: at, kind: 'verb', denied }
    if (clauseOpeners.has(word.text) && !prepositions.has(word.text))
      return { stop: at, kind: 'conjunction', denied }
    if (word.text === 'as' || word.text === 'after' || word.text === 'before' || word.text === 'since')
      return { stop: at, kind: 'conjunction', denied }
    if (prepositions.has(word.text) || word.text === 'to') return { stop: at, kind: 'preposition', denied }
    if (pronouns.has(word.text)) return { stop: at, kind: 'verb', denied }
    if (start - at > 7) return { stop: at, kind: 'verb', denied }
  }
  return { stop: -1, kind: 'start', denied }
}

/** The last word of a verb of several words ("files for", "warns of"). */
function endsVerb(scene: Scene, at: number): boolean {
  return scene.hits.some((hit) => hit.cue.type === 'verb' && hit.end - 1 === at && !isNounHere(scene, hit.at))
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
