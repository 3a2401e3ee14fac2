import type { Asserted, Setting } from './asserted.ts'
import { bareTitle } from './bare-title.ts'
import type { Hit } from './cues.ts'
import { lightHits } from './deed.ts'
import { isMatter, misfit, type VerbRead } from './fitness.ts'
import { asksOrTeaches, denials } from './headline.ts'
import { auxiliaries, futureNegations, futures, reporting, timeWords } from './lexicon.ts'
import type { Mention, Scene } from './mention.ts'
import { signalOf, type Signal } from './mood-signal.ts'
import { clauseStart, isHedged, readManner, type Manner } from './mood.ts'
import { readNominal } from './nominal.ts'
import { readOffice } from './office.ts'
import { asks } from './question.ts'
import { agentIs, agentStart, relate, type Relation } from './relation.ts'
import { readState } from './state.ts'
import { thingsOf } from './things.ts'
import { phrasesAround } from './wordings.ts'

/** Reads what one sentence asserts about its mentions, and why the rest of it asserts nothing. */
export function readSentence(
  scene: Scene,
  mentions: readonly Mention[],
  setting: Setting,
): { asserted: Asserted[]; remarks: string[] } {
  const asks = asksOrTeaches(scene.words.map((word) => word.text).join(' '))
  if (asks && (setting.title || scene.words.at(-1)?.text === '?'))
    return { asserted: [], remarks: ['it asks or explains'] }
  const place = { mentions, setting }
  const asserted: Asserted[] = [...bareTitle(scene, mentions, setting)]
  const remarks: string[] = []
  const read = (seen: Scene, mention: Mention): void => {
    for (const one of readMention(seen, mention, place)) {
      if (typeof one === 'string') remarks.push(one)
      else asserted.push(one)
    }
  }
  for (const mention of mentions) read(scene, mention)
  const things = asserted.length === 0 ? thingsOf(scene, mentions) : null
  for (const mention of things?.mentions ?? []) read(things?.scene ?? scene, mention)
  return { asserted, remarks }
}

/** What is asserted of one mention, or why a cue asserts nothing. */
function readMention(scene: Scene, mention: Mention, place: Place): (Asserted | string)[] {
  const told = nominalOf(scene, mention)
  const fixed = [
    ...phrasesAround(scene, mention),
    ...officeOf(scene, mention),
    ...readState(scene, mention),
    ...told,
  ]
  const reads = (told.length > 0 ? [] : scene.hits).map((hit) => readHit(scene, mention, hit, place))
  const isRead = told.length > 0 || reads.some((one) => typeof one === 'object' && one !== null)
  const light = isRead ? [] : lightHits(scene, mention).map((hit) => readLight(scene, mention, hit, place))
  const found = [...reads, ...light].filter((one) => one !== null)
  return [...fixed, ...found].map((one) => (typeof one === 'string' ? one : capped(one, mention)))
}

/** A verb that says little, with the event of a mention: who does it must be the subject where the event stands by itself. */
function readLight(scene: Scene, mention: Mention, hit: Hit, place: Place): Asserted | string | null {
  const isOwn =
    !mention.echo || place.mentions.some((one) => !one.echo && relate(scene, hit, one) === 'subject')
  return isOwn ? readHit(scene, mention, hit, { ...place, relation: 'object' }) : 'somebody else does it'
}

const lesser = { talk: 'rumoured', plan: 'announced', early: 'announced' } as const

/** What is said of talks, plans or a first version is no more than that; a first version may be late by itself. */
function capped(read: Asserted, { aspect }: Mention): Asserted | string {
  if (aspect === null) return read
  if (aspect === 'early' && read.signal !== 'happened' && read.signal !== 'announced')
    return 'said of a version that comes before it'
  const isMore = read.signal === 'happened' || (aspect === 'talk' && read.signal === 'announced')
  return isMore ? { ...read, signal: lesser[aspect], hedged: aspect === 'talk' || read.hedged } : read
}

interface Place {
  readonly mentions: readonly Mention[]
  readonly setting: Setting
  readonly relation?: Relation
}

/** Where the question asks what the subject does, the event's noun by itself is the subject's only if no other name acts. */
function othersDo(scene: Scene, manner: Manner, mentions: readonly Mention[]): boolean {
  const own = mentions.filter((one) => !one.echo)
  if (own.length === 0) return false
  const from = agentStart(scene, manner)
  if (own.some((one) => one.from < manner.chain && one.npTo > from)) return false
  return scene.words.slice(from, manner.chain).some((word) => word.capital && !word.possessive)
}

function readHit(scene: Scene, mention: Mention, hit: Hit, place: Place): Asserted | string | null {
  if (!isAsked(scene, hit, mention) || (hit.at >= mention.npFrom && hit.at < mention.npTo)) return null
  const relation = place.relation ?? relate(scene, hit, mention)
  if (relation === null) return null
  if (saysOnly(scene, hit, mention) || isFurnished(scene, hit)) return null
  if (isDenied(scene, hit)) return `"${hit.cue.text}" is denied`
  return readRelated({ scene, mention, hit, relation, manner: readManner(scene, hit) }, place)
}

function readRelated(read: VerbRead, { mentions, setting }: Place): Asserted | string {
  const { scene, mention, hit, manner } = read
  if (mention.echo && scene.target.asAgent && othersDo(scene, manner, mentions))
    return `somebody else does "${hit.cue.text}"`
  const why = misfit(read)
  if (why !== null) return why
  const signal = leadingSignal(read, setting.official) ?? signalOf(read, setting.official)
  if (signal === null) return `"${hit.cue.text}" is neither stated nor planned (${manner.mood})`
  return assertedBy(read, signal)
}

function assertedBy({ scene, mention, hit, manner }: VerbRead, signal: Signal): Asserted {
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

/** "X comes with a case", "X drops to $199", "X stays in place": what it has or costs or is, not when it comes. */
function isFurnished({ words }: Scene, { cue, end }: Hit): boolean {
  const next = words[end]?.text ?? ''
  const after = words[end + 1]?.text ?? ''
  if (cue.rest.length > 0 && /^(?:testing|tests?|trials?|validation|qualification)$/u.test(next)) return true
  if (cue.text === 'drop')
    return next === 'to' && /^(?:[$€£]|a|an|its|record|just|only|lowest|under)$/u.test(after)
  if (cue.text === 'stay' && cue.role === 'delayed')
    return /^(?:in|on|put|with|at|as|away|the|so|open)$/u.test(next) || !words[end]
  return cue.text === 'come' && /^(?:with|in|from|as)$/u.test(next) && !timeWords.has(after)
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
  if (!/^(?:event|fulfilled)$/u.test(hit.cue.role) || !hit.cue.forms.includes('ing')) return null
  const lead = scene.hits.find(
    (one) =>
      one.cue.type === 'verb' &&
      (one.cue.event < 0 || scene.target.events.has(one.cue.event)) &&
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
  if (isForsaken(scene, hit)) return false
  const { events } = scene.target
  if (cue.type === 'noun') return false
  const isOfEvent = (one: Hit): boolean => one.cue.role === 'event' && events.has(one.cue.event)
  const beside = scene.hits.filter((one) => one !== hit && one.at === hit.at && one.cue.type === 'verb')
  if (cue.role === 'event') return events.has(cue.event) && !(isOfPlan(scene, mention) && beside.some(undoes))
  if (cue.event >= 0 && !events.has(cue.event)) return false
  if (undoes(hit) && isOfPlan(scene, mention)) return true
  return !beside.some((one) => isOfEvent(one) && one.end >= hit.end && !isForsaken(scene, one))
}

/** "drops X over safety fears": a product that is let go, not let out. */
function isForsaken({ words, target }: Scene, { at, cue }: Hit): boolean {
  if (cue.text !== 'drop' || target.table.events[cue.event]?.shown !== true) return false
  if (
    /^(?:publishers?|labels?|retailers?|distributors?|networks?|broadcasters?)$/u.test(
      words[at - 1]?.text ?? '',
    )
  )
    return true
  const rest = words.slice(at + 1).map((word) => word.text)
  return /\b(?:over|amid|citing|because|due to|in favou?r of|from (?:its )?(?:line|plans|range|roadmap)|after .*\b(?:fail\w*|setbacks?|safety|signals?|backlash|outcry|criticism|protests?|concerns?|poor|weak|lawsuits?|complaints?|ban|bans|ruling|disputes?|losses|cuts|scandal|deaths?))\b/u.test(
    rest.join(' '),
  )
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
  const held = asks(target, 'undergone') && !mention.echo ? readOffice(scene, mention) : null
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
