import type { Hit } from './cues.ts'
import { verbForms } from './inflect.ts'
import {
  auxiliaries,
  commonVerbs,
  futureNegations,
  futures,
  lightNouns,
  lightVerbs,
  maybes,
  oughts,
  prepositions,
  reporting,
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
  /** The noun phrase names what is decided about the subject ("X deal", "deadline for X"). */
  readonly matter: boolean
  /** What is said is of talks or plans of the event ("X sale talks"), or of what comes before it ("X beta 2"). */
  readonly aspect: 'talk' | 'plan' | 'early' | null
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
export function sceneOf(words: readonly Word[], found: readonly Hit[], target: Target): Scene {
  const hits = longestOf(found, target).filter(
    (hit) => !isHyphenated(words, hit) && !(hit.cue.type === 'verb' && isOpenAdjective(words, found, hit.at)),
  )
  const eventNouns = new Map<number, Hit>()
  const verbsAt = new Set<number>()
  for (const hit of hits) {
    if (hit.cue.type === 'verb') {
      if (!isNounAsked(hits, hit, target)) verbsAt.add(hit.at)
    } else if (
      hit.cue.role === 'event' &&
      target.events.has(hit.cue.event) &&
      !isSurelyVerb(words, hits, hit)
    ) {
      for (let i = hit.at; i < hit.end; i += 1) eventNouns.set(i, hit)
    }
  }
  return { words, hits, target, eventNouns, verbsAt }
}

/** Whether a base form of a verb that is not asked about is a noun of what is ("deal"). */
function isNounAsked(hits: readonly Hit[], { cue, at }: Hit, target: Target): boolean {
  if (cue.event < 0 || target.events.has(cue.event) || !cue.forms.includes('base')) return false
  return hits.some(
    (one) =>
      one.at === at &&
      one.cue.type === 'noun' &&
      one.cue.role === 'event' &&
      target.events.has(one.cue.event),
  )
}

/** "long-promised", "highly-anticipated": a participle behind a hyphen is an adjective, but "re-released" a verb. */
function isHyphenated(words: readonly Word[], { cue, at }: Hit): boolean {
  const word = words[at]
  if (cue.type === 'verb' && isJoinedNoun(words, cue, at)) return true
  if (cue.type !== 'verb' || word?.glued !== true || !/(?:ed|en|ing)$/u.test(word.text)) return false
  return !/^(?:re|pre|co|un|over|out|fast|soft|open|green|cross|hard)$/u.test(words[at - 1]?.text ?? '')
}

const modals = /^(?:to|will|would|could|may|might|should|can|must|won't)$/u

/** "start-up", "take-over": a base form and its particle with a hyphen between them, unless "to" or a modal makes it a verb. */
function isJoinedNoun(words: readonly Word[], { text }: Hit['cue'], at: number): boolean {
  const next = words[at + 1]
  if (
    next?.glued !== true ||
    text.includes('-') ||
    !/^(?:up|ups|out|outs|off|offs|down|over|in|back)$/u.test(next.text)
  )
    return false
  const before = words[at - 1]?.text ?? ''
  return !/(?:s|ed|ing)$/u.test(words[at]?.text ?? '') && !modals.test(before)
}

/** "shuts down open source app", "open weights": "open" before what it describes, unless a doer or "to" stands before it. */
function isOpenAdjective(words: readonly Word[], found: readonly Hit[], at: number): boolean {
  const [before, next, later] = [words[at - 1], words[at + 1], words[at + 2]]
  if (words[at]?.text !== 'open' || before === undefined || next?.glued !== false) return false
  if (
    !/^(?:source|weights?|models?|standards?|beta|letter|access|data|hardware|protocols?)$/u.test(next.text)
  )
    return false
  if (modals.test(before.text) || /^(?:we|they|i|you|and|fully)$/u.test(before.text)) return false
  const isDone = found.some((hit) => hit.cue.type === 'verb' && hit.at <= at - 1 && at - 1 < hit.end)
  const isDoer = /[^siu]s$/u.test(before.text) && !isDone
  const isBare = next.text === 'source' && (later?.kind !== 'word' || prepositions.has(later.text))
  return !isDoer && !isBare
}

/** "to patch X", "Acme patches X": a noun of the event that is a verb here. */
function isSurelyVerb(words: readonly Word[], hits: readonly Hit[], noun: Hit): boolean {
  if (noun.cue.rest.length > 0 || !hits.some((one) => one.at === noun.at && one.cue.type === 'verb'))
    return false
  const before = words[noun.at - 1]?.text ?? ''
  const next = words[noun.end]
  if (next?.kind !== 'word' || isOfNoun.test(next.text)) return false
  if (/^(?:to|will|would|could|may|might|should|can|must|won't)$/u.test(before)) return true
  return isSecondOfName(words, noun.at) && !prepositions.has(next.text)
}

/** "Acme patches …" */
function isSecondOfName([first, second]: readonly Word[], at: number): boolean {
  return at === 1 && second?.text.endsWith('s') === true && first?.capital === true && !first.possessive
}

const isOfNoun = /^(?:of|for|to|in|is|are|was|were|will|date|delay)$/u

/** Where a wording begins with a word that is a cue of another status by itself, the wording is meant ("strikes deal"). */
function longestOf(found: readonly Hit[], target: Target): Hit[] {
  const isAsked = (hit: Hit): boolean => hit.cue.event < 0 || target.events.has(hit.cue.event)
  const beats = (one: Hit, other: Hit): boolean =>
    one.at === other.at &&
    one.cue.type === 'verb' &&
    one.cue.role !== other.cue.role &&
    one.cue.rest.length > other.cue.rest.length &&
    isAsked(one)
  return found.filter((hit) => hit.cue.type === 'noun' || !found.some((other) => beats(other, hit)))
}

const common = new Set<string>()
for (const verb of commonVerbs) for (const form of verbForms(verb).keys()) common.add(form)
for (const list of Object.values(lightVerbs))
  for (const verb of list.split(/\s+/u))
    for (const form of verbForms(verb).keys()) if (!lightNouns.has(form)) common.add(form)
/** Verbs of the news whose base or third form is as often a noun. */
const nounLike = new Set(
  'plan plans deal deals show shows play face test tests move moves run work works help talk talks lead claim claims report reports study share shares power call calls stand fall drive start debate design force top cause look looks attack challenge help target train trial save scan scans sound track walk watch wonder hit hits add will fight blast need needs demand demands'.split(
    ' ',
  ),
)

const helping: readonly ReadonlySet<string>[] = [auxiliaries, futures, maybes, oughts, futureNegations]

/** Whether a word is surely a verb here. */
export function isVerb(scene: Scene, at: number): boolean {
  const word = scene.words[at]
  if (!word || word.kind === 'mark' || word.possessive) return false
  const { text } = word
  if (helping.some((set) => set.has(text))) return true
  if (reporting.has(text)) return true
  if (isCompound(scene, at)) return false
  if (scene.verbsAt.has(at) && !scene.eventNouns.has(at) && !isNounHere(scene, at)) return true
  return (
    common.has(text) &&
    !nounLike.has(text) &&
    !isOffice(scene, at) &&
    !isOpenAdjective(scene.words, scene.hits, at)
  )
}

/** "launch date", "sale process": a word that could be a verb is a noun before these. */
export function isCompound(scene: Scene, at: number): boolean {
  const word = scene.words[at]
  const next = scene.words[at + 1]
  return (
    word !== undefined &&
    !/(?:s|ing|ed)$/u.test(word.text) &&
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
  if (before.possessive || isOffice(scene, at) || isBody(scene, at)) return true
  if (/^(of|without|despite|amid)$/u.test(before.text) && !scene.words[at]?.text.endsWith('ing')) return true
  return /^(the|a|an|its|their|his|her|our|this|that|no|any)$/u.test(before.text)
}

/** "design lead Ann Dye": an office before a name. */
function isOffice(scene: Scene, at: number): boolean {
  const { words } = scene
  const before = words[at - 1]?.text ?? ''
  const isVerbal =
    /^(?:to|will|would|could|may|might|should|can|must|police|we|they)$|[^siu]s$/u.test(before) &&
    !scene.verbsAt.has(at - 1)
  return (
    /^(?:lead|head|host|pilot|judge|coach|guard|probe|rival)$/u.test(words[at]?.text ?? '') &&
    words[at + 1]?.capital === true &&
    !isVerbal
  )
}

/** "the Criminal Court to …": a body, where what follows shows that it is no verb. */
function isBody({ words }: Scene, at: number): boolean {
  const next = words[at + 1]?.text ?? ''
  return (
    /^(?:court|bar|bill|act|fund|board|bank|store|force|house|guard|union|cabinet)$/u.test(
      words[at]?.text ?? '',
    ) &&
    (next === 'to' || auxiliaries.has(next) || futures.has(next) || reporting.has(next))
  )
}
