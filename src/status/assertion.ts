import type { SeenEntry } from '../matching/entry.ts'
import { matchBackward, matchForward, type Hit, type Phrase } from './cues.ts'
import { isMatter, misfit, type VerbRead } from './fitness.ts'
import { asksOrTeaches, denials } from './headline.ts'
import { auxiliaries, determiners, futureNegations, futures, reporting } from './lexicon.ts'
import { isVerb, type Mention, type Scene } from './mention.ts'
import { looksAhead, signalOf, type Signal } from './mood-signal.ts'
import { clauseStart, isHedged, readManner, type Manner } from './mood.ts'
import { readNominal } from './nominal.ts'
import { readOffice } from './office.ts'
import { agentIs, opensOwnClause, relate } from './relation.ts'

/** A status that a sentence asserts. */
export interface Asserted extends Signal {
  /** The word that says so, and the end of it and of what it is said of. */
  readonly at: number
  readonly end: number
  /** Told in the past tense. */
  readonly past: boolean
  readonly because: string
  /** A step was taken, more than a promise repeated. */
  readonly begun: boolean
}

/** Where a sentence stands. */
export interface Setting {
  readonly entry: SeenEntry
  readonly title: boolean
  /** The outlet speaks of its own thing. */
  readonly official: boolean
}

/** Reads what one sentence asserts about its mentions, and why the rest of it asserts nothing. */
export function readSentence(
  scene: Scene,
  mentions: readonly Mention[],
  setting: Setting,
): { asserted: Asserted[]; remarks: string[] } {
  const asks = asksOrTeaches(scene.words.map((word) => word.text).join(' '))
  if (asks && (setting.title || scene.words.at(-1)?.text === '?'))
    return { asserted: [], remarks: ['it asks or explains'] }
  const asserted: Asserted[] = []
  const remarks: string[] = []
  for (const mention of mentions) {
    const told = nominalOf(scene, mention)
    asserted.push(...phrasesAround(scene, mention), ...officeOf(scene, mention), ...told)
    for (const hit of told.length > 0 ? [] : scene.hits) {
      const read = readHit(scene, mention, hit, setting)
      if (typeof read === 'string') remarks.push(read)
      else if (read !== null) asserted.push(read)
    }
  }
  return { asserted, remarks }
}

function readHit(scene: Scene, mention: Mention, hit: Hit, setting: Setting): Asserted | string | null {
  if (!isAsked(scene, hit, mention) || (hit.at >= mention.npFrom && hit.at < mention.npTo)) return null
  const relation = relate(scene, hit, mention)
  if (relation === null) return null
  if (saysOnly(scene, hit, mention)) return null
  if (isDenied(scene, hit)) return `"${hit.cue.text}" is denied`
  const manner = readManner(scene, hit)
  const read = { scene, mention, hit, relation, manner }
  const why = misfit(read)
  if (why !== null) return why
  const signal = leadingSignal(read, setting.official) ?? signalOf(read, setting.official)
  if (signal === null) return `"${hit.cue.text}" is neither stated nor planned (${manner.mood})`
  const from = clauseStart(scene, Math.min(manner.chain, mention.npFrom))
  return {
    signal: signal.signal,
    hedged: signal.hedged || isHedged(scene, from, Math.max(hit.end, mention.npTo)),
    at: hit.at,
    end: Math.max(hit.end, mention.npTo),
    past: manner.mood === 'fact' && !hit.cue.forms.includes('third') && !hit.cue.forms.includes('base'),
    because: `"${hit.cue.text}" (${manner.mood})`,
    begun: isStepTaken(hit, manner) || isImminent(scene, hit, manner),
  }
}

/** "confirms X has been delayed": the clause after it is what is told. */
function saysOnly(scene: Scene, { cue, at }: Hit, mention: Mention): boolean {
  if (cue.role !== 'announced' || at > mention.npFrom || !reporting.has(scene.words[at]?.text ?? ''))
    return false
  const next = scene.words[mention.npTo]?.text ?? ''
  return (
    (auxiliaries.has(next) || futures.has(next) || futureNegations.has(next)) &&
    scene.words.length > mention.npTo + 1
  )
}

/** "denies it cancelled X", "rejects reports that X is delayed" */
function isDenied(scene: Scene, hit: Hit): boolean {
  let from = hit.at
  while (from > 0 && !/^(?:[;:.—]|but|and)$/u.test(scene.words[from - 1]?.text ?? '')) from -= 1
  const before = scene.words.slice(from, hit.at).map((word) => word.text)
  return denials.test(before.join(' '))
}

/** "delays launching X", "considers selling X": the verb before a gerund tells the status. */
function leadingSignal(read: VerbRead, official: boolean): Signal | null {
  const { scene, hit, mention } = read
  if (hit.cue.role !== 'event' || !hit.cue.forms.includes('ing')) return null
  const lead = scene.hits.find(
    (one) =>
      one.cue.type === 'verb' &&
      (one.end === hit.at || (one.end === hit.at - 1 && one.cue.separable)) &&
      /^(announced|rumoured|delayed|cancelled)$/u.test(one.cue.role),
  )
  if (!lead) return null
  const manner = readManner(scene, lead)
  return agentIs(scene, manner) === 'stranger'
    ? null
    : signalOf({ scene, hit: lead, mention, relation: 'object', manner }, official)
}

/**
 * Whether a cue is a verb that speaks of what is asked. The verb of the event itself has no other meaning beside it; but
 * said of a plan it has only the other ("abandons plan to drop X").
 */
function isAsked(scene: Scene, hit: Hit, mention: Mention): boolean {
  const { cue } = hit
  const { events } = scene.target
  if (cue.type === 'noun') return false
  const isOfEvent = (one: Hit): boolean => one.cue.role === 'event' && events.has(one.cue.event)
  const beside = scene.hits.filter((one) => one !== hit && one.at === hit.at && one.cue.type === 'verb')
  if (cue.role === 'event') return events.has(cue.event) && !(isOfPlan(scene, mention) && beside.some(undoes))
  if (cue.event >= 0 && !events.has(cue.event)) return false
  if (undoes(hit) && isOfPlan(scene, mention)) return true
  return !beside.some((one) => isOfEvent(one) && one.end >= hit.end)
}

function undoes({ cue }: Hit): boolean {
  return cue.role === 'cancelled' || cue.role === 'delayed'
}

function isOfPlan(scene: Scene, mention: Mention): boolean {
  const noun = scene.words[mention.npFrom]?.text ?? ''
  if (mention.npFrom >= mention.from) return mention.event !== null && mention.event >= mention.to
  return (
    scene.eventNouns.has(mention.npFrom) ||
    /^(plans?|proposals?|ideas?|decisions?|motions?|intentions?|threats?|attempts?|efforts?|bids?|moves?|bills?|nominations?)$/u.test(
      noun,
    )
  )
}

/** "is about to launch X": as good as a step taken. */
function isImminent(scene: Scene, hit: Hit, manner: Manner): boolean {
  const before = scene.words.slice(Math.max(0, hit.at - 3), hit.at).map((word) => word.text)
  return manner.mood === 'future' && hit.cue.role === 'event' && before.join(' ').includes('about to')
}

function isStepTaken(hit: Hit, manner: Manner): boolean {
  return hit.cue.role === 'begun' && manner.mood === 'fact'
}

const officeSignals = {
  fact: 'happened',
  future: 'announced',
  nominee: 'announced',
  'denied-future': 'cancelled',
} as const

/** "X is Acme's new chief", where the question is who will be. */
function officeOf(scene: Scene, mention: Mention): Asserted[] {
  const { target } = scene
  const isAsked = [...target.events].some((event) => target.table.events[event]?.undergone)
  const held = isAsked && !mention.echo ? readOffice(scene, mention) : null
  if (!held) return []
  const hedged = isHedged(scene, 0, scene.words.length)
  const because = `the office (${held.mood})`
  const signal = officeSignals[held.mood]
  return [{ signal, hedged, at: held.at, end: held.at + 1, past: false, because, begun: false }]
}

/** "announces a delay of X" */
function nominalOf(scene: Scene, mention: Mention): Asserted[] {
  const told = mention.vague ? null : readNominal(scene, mention)
  if (!told || !(isMatter(scene.target) || mention.event !== null || mention.matter)) return []
  const hedged = told.hedged || isHedged(scene, 0, scene.words.length)
  const because = `the noun "${scene.words[told.at]?.text ?? ''}"`
  return [
    {
      signal: told.signal,
      hedged,
      at: told.at,
      end: Math.max(told.at + 1, mention.npTo),
      past: false,
      because,
      begun: false,
    },
  ]
}

/** The fixed wordings around a mention. */
function phrasesAround(scene: Scene, mention: Mention): Asserted[] {
  const { target } = scene
  const asserted: Asserted[] = []
  for (const phrase of target.table.phrases) {
    if (mention.vague) break
    if (phrase.event >= 0 && !target.events.has(phrase.event)) continue
    if (isOfStatus(phrase) && !isMatter(target) && mention.event === null && !mention.matter) continue
    if (phrase.role === 'fulfilled' && mention.event === null && !mention.matter) continue
    const at = placeOf(scene, mention, phrase)
    if (at === null || isSupposed(scene, Math.min(at, mention.npFrom))) continue
    const signal = phraseSignal(phrase, looksAhead({ scene }))
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

function isOfStatus({ role, event }: Phrase): boolean {
  if (event >= 0) return false
  return role === 'announced' || role === 'delayed' || role === 'cancelled'
}

function phraseSignal(phrase: Phrase, ahead: boolean): Signal['signal'] {
  if (phrase.role === 'event') return ahead ? 'announced' : 'happened'
  if (phrase.role === 'fulfilled') return 'happened'
  return phrase.role === 'begun' ? 'announced' : phrase.role
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
    mention.stopKind === 'preposition' || (mention.stopKind === 'verb' && !opensOwnClause(scene, mention))
  if (phrase.before.length === 0 && isGoverned) return null
  if (phrase.after.length === 0) return start
  for (const at of [mention.npTo, mention.to, ...pastOrigin(scene, mention)]) {
    const end = matchForward(phrase.after, scene.words, at)
    if (end !== null && (!phrase.heading || endsClause(scene, end))) return at
  }
  return null
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
    if (!word || word.kind === 'mark' || !(determiners.has(word.text) || word.possessive || word.capital))
      return null
    from -= 1
  }
  return null
}
