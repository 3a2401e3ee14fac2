import type { Asserted, Setting } from './asserted.ts'
import type { Hit } from './cues.ts'
import { isMatter, misfit, type VerbRead } from './fitness.ts'
import { asksOrTeaches, denials } from './headline.ts'
import { singular } from './inflect.ts'
import { auxiliaries, futureNegations, futures, reporting } from './lexicon.ts'
import type { Mention, Scene } from './mention.ts'
import { signalOf, type Signal } from './mood-signal.ts'
import { clauseStart, isHedged, readManner, type Manner } from './mood.ts'
import { readNominal } from './nominal.ts'
import { readOffice } from './office.ts'
import { agentIs, relate } from './relation.ts'
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
  const asserted: Asserted[] = [...bareTitle(scene, mentions, setting)]
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

/** "Foo 3" as the whole title of a page of its maker: it is there. */
function bareTitle(scene: Scene, mentions: readonly Mention[], setting: Setting): Asserted[] {
  const { target } = scene
  const isReleased = [...target.events].some((event) => target.table.events[event]?.shown)
  const own = mentions.find((mention) => !mention.echo && /\d/u.test(wordsIn(scene, mention)))
  if (!setting.official || !setting.title || !isReleased || !own) return []
  const rest = scene.words.filter((_, i) => i < own.from || i >= own.to)
  const isBare = rest.every(
    (word) => target.actors.has(singular(word.text)) || /^(?:the|by|from|:|—)$/u.test(word.text),
  )
  if (!isBare) return []
  const because = 'the whole title of a page of its maker'
  return [
    { signal: 'happened', hedged: false, at: own.from, end: own.to, past: false, because, begun: false },
  ]
}

function wordsIn({ words }: Scene, { from, to }: Mention): string {
  return words
    .slice(from, to)
    .map((word) => word.text)
    .join(' ')
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
  if (!/^(?:event|fulfilled)$/u.test(hit.cue.role) || !hit.cue.forms.includes('ing')) return null
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
