import type { Hit } from './cues.ts'
import { verbForms } from './inflect.ts'
import { auxiliaries, commonVerbs, futureNegations, futures, maybes, oughts, reporting } from './lexicon.ts'
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
  /** The noun phrase names what is decided about the subject ("X deal", "deadline for X"). */
  readonly matter: boolean
  /** It means a part of the subject: a delay of it is told, nothing more. */
  readonly vague: boolean
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
  if (isCompound(scene, at)) return false
  if (scene.verbsAt.has(at) && !scene.eventNouns.has(at) && !isNounHere(scene, at)) return true
  return common.has(text) && !nounLike.has(text)
}

/** "launch date", "sale process": a word that could be a verb is a noun before these. */
export function isCompound(scene: Scene, at: number): boolean {
  const word = scene.words[at]
  const next = scene.words[at + 1]
  return (
    word?.text.endsWith('s') === false &&
    next?.kind === 'word' &&
    /^(dates?|windows?|days?|plans?|timelines?|schedules?|targets?|events?|part(?:y|ies)|deadlines?|talks|process|offers?)$/u.test(
      next.text,
    )
  )
}

/** "the", "its", "a … plan": a word after these is no verb. */
function isNounHere(scene: Scene, at: number): boolean {
  const before = scene.words[at - 1]
  if (!before) return false
  if (before.possessive) return true
  if (/^(of|without|despite|amid)$/u.test(before.text) && !scene.words[at]?.text.endsWith('ing')) return true
  return /^(the|a|an|its|their|his|her|our|this|that|no|any)$/u.test(before.text)
}
