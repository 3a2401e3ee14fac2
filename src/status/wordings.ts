import type { Asserted } from './asserted.ts'
import { matchBackward, matchForward, type Phrase } from './cues.ts'
import { isMatter, namesObject } from './fitness.ts'
import { singular } from './inflect.ts'
import { isVerb, type Mention, type Scene } from './mention.ts'
import { looksAhead, type Signal } from './mood-signal.ts'
import { isHedged } from './mood.ts'
import { asks } from './question.ts'
import { opensOwnClause } from './relation.ts'

/** The fixed wordings around a mention. */
export function phrasesAround(scene: Scene, mention: Mention): Asserted[] {
  const asserted: Asserted[] = []
  for (const phrase of scene.target.table.phrases) {
    if (mention.vague) break
    if (!isAsked(scene, mention, phrase)) continue
    const at = placeOf(scene, mention, phrase)
    if (at === null || isSupposed(scene, Math.min(at, mention.npFrom))) continue
    const signal = phraseSignal(phrase, scene)
    const hedged = signal === 'rumoured' || isHedged(scene, 0, scene.words.length)
    asserted.push({
      signal,
      hedged,
      at,
      because: `"${phrase.text}"`,
      begun: phrase.role === 'begun',
      end: mention.npTo,
      past: false,
    })
  }
  return asserted
}

/** Whether a wording can speak of what is asked. */
function isAsked(scene: Scene, mention: Mention, phrase: Phrase): boolean {
  if (phrase.event >= 0) return scene.target.events.has(phrase.event) && namesThing(scene)
  if (mention.event !== null || mention.matter) return true
  if (phrase.role === 'fulfilled') return false
  return !isOfStatus(phrase) || isMatter(scene.target) || namesObject(scene, mention)
}

/** Where the question asks what the subject does to something: that must be named. */
function namesThing({ words, target }: Scene): boolean {
  if (asks(target, 'named')) return true
  return (
    !target.asAgent ||
    target.objects.size === 0 ||
    words.some((word) => target.objects.has(singular(word.text)))
  )
}

function isOfStatus({ role }: Phrase): boolean {
  return role === 'announced' || role === 'delayed' || role === 'cancelled'
}

function phraseSignal(phrase: Phrase, scene: Scene): Signal['signal'] {
  if (phrase.role === 'event') return looksAhead({ scene }) ? 'announced' : 'happened'
  if (phrase.role === 'cancelled' && denying.test(phrase.text) && namesTime(scene)) return 'delayed'
  if (phrase.role === 'fulfilled') return 'happened'
  return phrase.role === 'begun' ? 'announced' : phrase.role
}

/** Wordings that say that it does not come, not that it is called off. */
const denying = /\b(?:no longer|not|isn't\|aren't|won't|no)\b/u

/** "isn't coming this year", "not before June": then, not never. */
function namesTime({ words }: Scene): boolean {
  const rest = words.map((word) => word.text).join(' ')
  return /\b(?:until|till|before|any ?time soon|yet|(?:this|in|by|next) (?:early |late |mid )?(?:year|month|week|quarter|spring|summer|autumn|fall|winter|season|20\d\d|january|february|march|april|may|june|july|august|september|october|november|december|christmas)|on time)\b/u.test(
    rest,
  )
}

/** "if X is here", "not until X is out" */
function isSupposed(scene: Scene, end: number): boolean {
  return scene.words
    .slice(0, end)
    .some((word) => /^(if|when|until|once|whether|before|not|no)$/u.test(word.text))
}

/** The word at which a wording stands around a mention, or null. */
function placeOf(scene: Scene, mention: Mention, phrase: Phrase): number | null {
  const start = phrase.before.length > 0 ? leadsIn(scene, mention, phrase) : mention.npFrom
  if (start === null || !opensClause(scene, phrase, start)) return null
  const isGoverned =
    (mention.stopKind === 'preposition' && !isAbsolute(scene, mention)) ||
    (mention.stopKind === 'verb' && !opensOwnClause(scene, mention))
  if (phrase.before.length === 0 && isGoverned) return null
  if (phrase.after.length === 0) return start
  for (const at of [mention.npTo, mention.to, ...pastOrigin(scene, mention), ...pastAside(scene, mention)]) {
    const end = matchForward(phrase.after, scene.words, at)
    if (end !== null && (!phrase.heading || endsClause(scene, end))) return at
  }
  return null
}

/** ", with X expected by May": a clause of its own. */
function isAbsolute({ words }: Scene, { stop }: Mention): boolean {
  return words[stop]?.text === 'with' && words[stop - 1]?.text === ','
}

/** Where a wording may go on behind "X, the long-awaited bill, ". */
function pastAside({ words }: Scene, { npTo }: Mention): number[] {
  if (words[npTo]?.text !== ',') return []
  const close = words.findIndex((word, at) => at > npTo && word.kind === 'mark')
  return close > npTo + 1 && close <= npTo + 12 && words[close]?.text === ',' ? [close + 1] : []
}

/** Where a wording may go on behind "X by Acme", "X for phones". */
function pastOrigin(scene: Scene, mention: Mention): number[] {
  if (!/^(by|from|for|on|in)$/u.test(scene.words[mention.npTo]?.text ?? '')) return []
  const places: number[] = []
  for (let at = mention.npTo + 1; at <= mention.npTo + 5; at += 1) {
    const word = scene.words[at]
    if (!word || word.kind === 'mark' || isVerb(scene, at)) break
    places.push(at + 1)
  }
  return places
}

/** "Introducing X", "X model card": what states the event without a verb stands at the beginning of a clause. */
function opensClause(scene: Scene, phrase: Phrase, start: number): boolean {
  if (phrase.role !== 'event' || phrase.before.length > 1 || (phrase.before.length === 0 && !phrase.heading))
    return true
  const before = scene.words[start - 1]
  return (
    !before ||
    before.kind === 'mark' ||
    (phrase.heading && scene.words.slice(0, start).every((word) => word.capital))
  )
}

function endsClause(scene: Scene, end: number): boolean {
  const next = scene.words[end]
  return !next || next.kind === 'mark'
}

/** Where the words before the subject begin: up to three modifiers may stand in between ("introducing the new X"). */
function leadsIn(scene: Scene, mention: Mention, phrase: Phrase): number | null {
  let from = mention.from
  for (let skipped = 0; skipped < 4; skipped += 1) {
    const found = matchBackward(phrase.before, scene.words, from)
    if (found !== null) return found
    const word = scene.words[from - 1]
    if (!word || word.kind === 'mark' || isVerb(scene, from - 1)) return null
    from -= 1
  }
  return null
}
