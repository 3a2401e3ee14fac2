import { aspects } from './deed.ts'
import { singular } from './inflect.ts'
import {
  adverbs,
  auxiliaries,
  companyWords,
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
import { isVerb, type Scene } from './mention.ts'
import { isServed, isTraded, pastEarly } from './tail-nouns.ts'
import { isFinite, isOnlyVerb, isThird, leadsToVerb } from './tail-verb.ts'
import type { Word } from './words.ts'

/** How a noun phrase goes on after the subject: where it ends, whether it is still the subject. */
export interface Tail {
  readonly to: number
  /** The event's noun in it ("X launch"). */
  readonly event: number | null
  /** It names what is decided about the subject ("X deal"). */
  readonly matter: boolean
  /** The noun behind that of the event that what is said is of ("X sale talks"). */
  readonly aspect: 'talk' | 'plan' | 'early' | null
  /** A part of it or something named after it ("X Fancy Features"): enough for a delay, too little for more. */
  readonly vague: boolean
  /** The word that makes it another thing ("X rival"), or null. */
  readonly other: string | null
}

type Step =
  | { readonly kind: 'take'; readonly to: number; readonly event?: number; readonly matter?: boolean }
  | { readonly kind: 'other'; readonly word: string }
  | { readonly kind: 'stop' }

const stop: Step = { kind: 'stop' }
const sizes = /^\d+(?:\.\d+)?[bmk]$/u
/** Adjectives that follow their noun ("models available under"). */
const postpositive = new Set(
  'less fewer nearly half minutes hours days weeks months years early available due able capable ready alone worth similar comparable superior inferior alive dead online offline aside away'.split(
    ' ',
  ),
)
const closers: readonly ReadonlySet<string>[] = [
  prepositions,
  conjunctions,
  auxiliaries,
  futures,
  maybes,
  oughts,
  futureNegations,
  adverbs,
  pronouns,
  negations,
  timeWords,
  determiners,
  reporting,
  postpositive,
]

/** Whether no noun phrase goes on with this word. */
function closes(word: Word): boolean {
  const { text } = word
  return word.kind === 'mark' || text === 'to' || text.endsWith('ly') || closers.some((set) => set.has(text))
}

/** Reads on from the subject, whose last word is before `to`. */
export function readTail(scene: Scene, to: number): Tail {
  const isEvent = scene.eventNouns.has(to - 1) || isMatterNoun(scene, to - 1)
  let at = to
  let event: number | null = null
  let matter = false
  let aspect: Tail['aspect'] = null
  for (let guard = 0; guard < 6; guard += 1) {
    const beside = event === null && !isEvent ? undefined : aspects.get(singular(scene.words[at]?.text ?? ''))
    if (beside !== undefined && !isFinite(scene, at)) {
      aspect = beside
      at += 1
      continue
    }
    const early = pastEarly(scene, at)
    if (early > at) {
      aspect = 'early'
      at = early
      continue
    }
    const step = nextStep(scene, at, to)
    if (step.kind === 'stop') break
    if (step.kind === 'other')
      return { to: at + 1, event, matter, aspect, ...otherOrVague(scene, at, step.word) }
    at = step.to
    event = step.event ?? event
    matter ||= step.matter ?? false
  }
  return { to: at, event, matter, aspect, vague: false, other: null }
}

/** "the treaty talks": the subject's own last word is what is decided. */
function isMatterNoun({ words, target }: Scene, at: number): boolean {
  return has(target.table.matters, words[at]?.text ?? '')
}

/** Unknown words that end in a companion name a part of the subject; else they name another thing. */
function otherOrVague(scene: Scene, at: number, word: string): Pick<Tail, 'vague' | 'other'> {
  const { companions, bystanders } = scene.target.table
  for (let i = at; i < at + 4; i += 1) {
    const next = scene.words[i]
    if (
      !next ||
      next.glued ||
      closes(next) ||
      isVerb(scene, i) ||
      has(bystanders, next.text) ||
      variants.has(next.text)
    )
      break
    if (i > at && has(companions, next.text)) return { vague: true, other: null }
  }
  return { vague: false, other: word }
}

function nextStep(scene: Scene, at: number, to: number): Step {
  const word = scene.words[at]
  if (!word) return stop
  if (word.glued) return gluedStep(scene, at, word)
  const event = eventAt(scene, at)
  if (event !== null) return { kind: 'take', to: event, event: at }
  if (word.text === '(') return bracket(scene, at)
  if (scene.words[at + 1]?.glued) return compoundStep(scene, at)
  if (variants.has(word.text) && isOfProduct(scene, at, to)) return { kind: 'take', to: at + 1 }
  const known = goalStep(scene, at, word.text) ?? knownStep(scene, at, word.text)
  return known ?? (isThird(scene, at, word.text) ? stop : openStep(scene, at, word))
}

/** "the X shelter", where the question is whether somebody opens a shelter. */
function goalStep(scene: Scene, at: number, text: string): Step | null {
  const { goal, asAgent } = scene.target
  return goal.has(text) && !asAgent && !isFinite(scene, at)
    ? { kind: 'take', to: at + 1, matter: true }
    : null
}

/** A word that the kind, or English, knows to go with a name. */
function knownStep(scene: Scene, at: number, text: string): Step | null {
  const { table } = scene.target
  if (isFinite(scene, at)) return null
  if (variants.has(text) && !scene.verbsAt.has(at) && !table.companions.has(text))
    return { kind: 'other', word: text }
  if (companyWords.has(text) && scene.words[at]?.capital === true && isNewName(scene, at))
    return { kind: 'take', to: at + 1 }
  if (isOfQuestion(scene, at, text)) return { kind: 'take', to: at + 1, matter: has(table.matters, text) }
  if (isServed(scene, at)) return { kind: 'take', to: at + 1 }
  if (has(table.bystanders, text))
    return isTraded(scene, at) ? { kind: 'take', to: at + 1 } : { kind: 'other', word: text }
  return has(table.companions, text) ? { kind: 'take', to: at + 1, matter: has(table.matters, text) } : null
}

/** "Acme Aerospace", but not "Foo 3 Systems", and in small letters a common noun. */
function isNewName({ words }: Scene, at: number): boolean {
  const before = words[at - 1]
  return before?.capital === true && !before.possessive && !words[at]?.glued
}

/** "the X Tab Pro", where the question knows the Tab: it comes in the tablet, whichever it is. */
function isOfProduct({ words, target }: Scene, at: number, to: number): boolean {
  const before = words[at - 1]
  return at > to && before?.capital === true && target.named.has(singular(before.text))
}

/** A noun that the question itself puts beside the subject ("its N64 console"). */
function isOfQuestion(scene: Scene, at: number, text: string): boolean {
  return scene.target.named.has(singular(text)) && !scene.verbsAt.has(at) && !isVerb(scene, at)
}

function openStep(scene: Scene, at: number, word: Word): Step {
  if (word.kind === 'number')
    return isOwnNumber(scene, word) ? { kind: 'take', to: at + 1 } : numberStep(scene, at, word)
  if (scene.target.table.continuations.has(word.text) && !word.quoted) return stop
  if (scene.verbsAt.has(at) || endsWording(scene, at)) return stop
  if (word.quoted) return { kind: 'take', to: at + 1 }
  return closes(word) || isVerb(scene, at) ? stop : unknownStep(scene, at, word.text)
}

/** "Acme OS Nile 26", where an alias is "Acme OS 26"; "Acme 136", where the question is what Acme gets. */
function isOwnNumber({ target }: Scene, { text }: Word): boolean {
  const isOfThing = target.asAgent && target.objects.size > 0 && text.length > 1
  return target.aliasWords.has(text) || isOfThing || isOfVersion(target, text)
}

/** "Foo 4.3.0", where the question is about Foo 4.3. */
function isOfVersion({ named }: Scene['target'], text: string): boolean {
  return /\d\.\d/u.test(text) && (named.has(text) || named.has(text.replace(/(?:\.0)+$/u, '')))
}

/** "megarocket": a compound of a word that may follow. */
function isSortOf({ target }: Scene, text: string): boolean {
  return [...target.table.companions].some(
    (one) => one.length > 3 && text.length > one.length && text.endsWith(one),
  )
}

/** "lets X stand": the rest of a verb whose object stands within. */
function endsWording({ hits, words }: Scene, at: number): boolean {
  return hits.some(
    ({ cue, at: verb }) => cue.separable && verb < at && at < verb + 9 && cue.rest[0] === words[at]?.text,
  )
}

function has(words: ReadonlySet<string>, text: string): boolean {
  return words.has(text) || words.has(singular(text))
}

/** "-120b" is a size, "-launch" an event, everything else joined by a hyphen makes another thing. */
function gluedStep(scene: Scene, at: number, word: Word): Step {
  if (sizes.test(word.text)) return { kind: 'take', to: at + 1 }
  if (scene.eventNouns.has(at)) return { kind: 'take', to: at + 1, event: at }
  if (scene.target.actors.has(singular(word.text)) || scene.target.named.has(singular(word.text)))
    return { kind: 'take', to: at + 1 }
  return { kind: 'other', word: `-${word.text}` }
}

/** "zero-day", "for-profit": words that hyphens join go with the name where the question has them, or the event's noun follows. */
function compoundStep(scene: Scene, at: number): Step {
  let to = at + 1
  while (scene.words[to]?.glued) to += 1
  const parts = scene.words.slice(at, to).filter((word) => !prepositions.has(word.text))
  const isKnown = parts.every((part) => scene.target.named.has(singular(part.text)))
  const word = scene.words[at]
  if (isKnown || scene.eventNouns.has(to)) return { kind: 'take', to }
  return knownStep(scene, at, word?.text ?? '') ?? (word ? openStep(scene, at, word) : stop)
}

/** The end of the event noun at a word, null where there is none or it is the verb of the sentence. */
function eventAt(scene: Scene, at: number): number | null {
  const noun = scene.eventNouns.get(at)
  return noun && !isFinite(scene, at) ? noun.end : null
}

function bracket(scene: Scene, open: number): Step {
  for (let i = open + 1; i <= open + 8; i += 1) {
    if (scene.words[i]?.text === ')') return { kind: 'take', to: i + 1 }
  }
  return stop
}

/** A small number right after a name is another version ("X 2"), unless it belongs to a date. */
function numberStep(scene: Scene, at: number, word: Word): Step {
  const next = scene.words[at + 1]
  if (
    next &&
    /^(?:million|billion|trillion|thousand|percent|%|times|years?|months?|weeks?|days?|hours?|people|jobs|euros?|dollars?)$/u.test(
      next.text,
    )
  )
    return stop
  return word.text.length <= 2 && !(next && timeWords.has(next.text))
    ? { kind: 'other', word: word.text }
    : stop
}

/** Participles that go on after a noun phrase ("X featuring Y"). */
const participles =
  /^(featuring|including|using|boasting|sporting|adding|bringing|offering|running|starring|priced|worth|containing)$/u

/** An unknown word before a known companion is part of the name; one that looks like a verb ends it; else: another thing. */
function unknownStep(scene: Scene, at: number, text: string): Step {
  const next = scene.words[at + 1]
  const isKnown =
    has(scene.target.table.companions, next?.text ?? '') || isOfQuestion(scene, at + 1, next?.text ?? '')
  if (next && !next.glued && isKnown && !isVerb(scene, at + 1)) return { kind: 'take', to: at + 2 }
  if (isSortOf(scene, text)) return { kind: 'take', to: at + 1 }
  if (isOnlyVerb(scene, at, text) || leadsToVerb(scene, at, text)) return stop
  if (text.endsWith('ed') || participles.test(text)) return stop
  return { kind: 'other', word: text }
}
