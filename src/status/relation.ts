import { isBehindPreposition } from './behind.ts'
import { isCoordinated } from './coordination.ts'
import type { Hit } from './cues.ts'
import { singular } from './inflect.ts'
import {
  adverbs,
  conjunctions,
  auxiliaries,
  determiners,
  futureNegations,
  futures,
  maybes,
  negations,
  oughts,
  plans,
  prepositions,
  pronouns,
  refusals,
  reporting,
  timeWords,
  wishes,
} from './lexicon.ts'
import { isVerb, type Mention, type Scene } from './mention.ts'
import type { Manner } from './mood.ts'
import { placesOf } from './question.ts'
import type { Word } from './words.ts'

/** What the subject is to a verb: what it acts on, or what (or who) does it. */
export type Relation = 'object' | 'subject'

/** How a verb cue and a mention belong together, or null where they do not. */
export function relate(scene: Scene, hit: Hit, mention: Mention): Relation | null {
  if (isObject(scene, hit, mention)) return 'object'
  if (isSubject(scene, hit, mention)) return 'subject'
  return null
}

function isObject(scene: Scene, hit: Hit, mention: Mention): boolean {
  if (hit.at >= mention.npFrom) return false
  if (isCausative(scene, hit, mention) || isBehindPreposition(scene, hit, mention)) return true
  if (isGivenTo(scene, hit, mention)) return true
  const isInside = mention.npTo > hit.end || (!mention.echo && mention.from < hit.end)
  if (mention.stop >= hit.at && mention.stop < hit.end && isInside) return true
  return isBesideParticle(scene, hit, mention.stop) || isLedTo(scene, hit, mention.stop)
}

/** "brings a dark mode to X", where the question is whether X gets one. */
function isGivenTo({ words, target }: Scene, { end }: Hit, { stop, stopKind }: Mention): boolean {
  if (
    !target.gains ||
    stopKind !== 'preposition' ||
    !/^(?:to|for|on|in|into|onto)$/u.test(words[stop]?.text ?? '')
  )
    return false
  const between = words.slice(end, stop)
  return (
    between.every((word) => word.kind !== 'mark') && target.objects.has(singular(between.at(-1)?.text ?? ''))
  )
}

/** "ends talks to buy X": a wording that ends in "to" has what its infinitive acts on as its object. */
function isLedTo(scene: Scene, hit: Hit, stop: number): boolean {
  return hit.cue.rest.at(-1) === 'to' && hit.end === stop && scene.verbsAt.has(stop)
}

/** "shuts X down", "shuts down X" */
function isBesideParticle(scene: Scene, { cue, at, end }: Hit, stop: number): boolean {
  if (stop === end && /^(up|out|off|back|down|away)$/u.test(scene.words[stop]?.text ?? '')) return true
  return cue.separable && stop >= at && stop <= at + cue.rest.length
}

/** "orders makers to preload X" */
function isCausative(scene: Scene, hit: Hit, mention: Mention): boolean {
  if (!/^(?:event|begun)$/u.test(hit.cue.role) || !causatives.test(hit.cue.text)) return false
  const between = scene.words.slice(hit.end, mention.npFrom)
  const to = between.findIndex((word) => word.text === 'to')
  if (to < 0 && hit.cue.text === 'let')
    return between.length >= 2 && between.length <= 4 && uses.test(between.at(-1)?.text ?? '')
  return to > 0 && between.length - to <= 4 && between.every((word) => word.kind !== 'mark')
}

const uses = /^(?:use|access|try|get|buy|run|make|create|install|download|play|order|open)$/u

const causatives = /^(?:order|require|force|mandate|compel|oblige|make|direct|instruct|let|allow|permit)$/u

const isModal = (text: string): boolean =>
  futures.has(text) || maybes.has(text) || oughts.has(text) || futureNegations.has(text) || text === 'to'

const chainWord = (text: string): boolean =>
  (auxiliaries.has(text) && !/^(?:i|we|they|he|she|it|that|here|there|what)'/u.test(text)) ||
  futures.has(text) ||
  maybes.has(text) ||
  oughts.has(text) ||
  negations.has(text) ||
  futureNegations.has(text) ||
  adverbs.has(text) ||
  plans.has(text) ||
  wishes.has(text) ||
  refusals.has(text) ||
  text === 'to' ||
  text.endsWith('ly')

function isSubject(scene: Scene, hit: Hit, mention: Mention): boolean {
  if (hit.at < mention.npTo) return false
  if (mention.stopKind === 'preposition' || (mention.stopKind === 'verb' && !opensOwnClause(scene, mention)))
    return false
  if (isCoordinated(scene, hit, mention)) return true
  let at = pastOthers(scene, mention.npTo, hit)
  for (let guard = 0; at >= 0 && at < hit.at && guard < 14; guard += 1)
    at = nextInChain(scene, at, mention, hit)
  return at >= hit.at
}

/** "confirms X has been delayed", "allows X to launch": what stands behind a verb may have a verb of its own. */
export function opensOwnClause(scene: Scene, mention: Mention): boolean {
  const verb = scene.words[mention.stop]?.text ?? ''
  const next = scene.words[mention.npTo]?.text ?? ''
  if (next === 'to') return controllers.test(verb)
  return reporting.has(verb) && (auxiliaries.has(next) || isModal(next))
}

const controllers =
  /^(?:expect|allow|order|forc|requir|compel|permit|clear|want|urg|ask|tell|told|approv|authori[sz])(?:s|es|ed|e|ing|led)?$/u

/** "says it …", "warns they'll …": who speaks is who is spoken of; null where nobody speaks so. */
function afterSaying(scene: Scene, at: number, text: string): number | null {
  if (!reporting.has(text) && !/^(?:warn|signal|fear|insist|vow|promise|hint)(?:s|ed)?$/u.test(text))
    return null
  const told = scene.words[at + 1]?.text ?? ''
  if (/^(?:he|she|it|they)$/u.test(told)) return at + 2
  return /^(?:he|she|it|they)'ll$/u.test(told) ? at + 1 : null
}

/** "X, Acme and Bolt go bankrupt": past other names that do the same; a form in -s has one subject only. */
function pastOthers(scene: Scene, from: number, hit: Hit): number {
  if (hit.cue.forms.includes('third') || !/^(?:,|and|&)$/u.test(scene.words[from]?.text ?? '')) return from
  let to = from
  while (to < hit.at && to < from + 12 && isOfList(scene, to)) to += 1
  return to > from + 1 ? to : from
}

function isOfList(scene: Scene, at: number): boolean {
  const word = scene.words[at]
  if (!word || isVerb(scene, at)) return false
  return (
    /^(?:,|and|&|both|all|other|others|rival|the)$/u.test(word.text) ||
    word.quoted ||
    word.kind === 'number' ||
    (word.capital && !auxiliaries.has(word.text))
  )
}

/** The next word on the way from a subject to its verb; -1 where there is no way. */
function nextInChain(scene: Scene, at: number, mention: Mention, hit: Hit): number {
  const text = scene.words[at]?.text ?? ''
  const isAfterName = at === mention.npTo
  if (isAfterName && leadsToName(scene, at)) return afterPhrase(scene, at, hit.at)
  if (chainWord(text)) return at + 1
  if (at === mention.npTo && /^(?:and|&)$/u.test(text)) return afterPartner(scene, at)
  const said = afterSaying(scene, at, text)
  if (said !== null) return said
  if (/^[,(—]$/u.test(text)) return afterMark(scene, at, mention, hit)
  if (/^(said|reported|reportedly|expected|confirmed)$/u.test(text)) return at + 1
  return isAfterName && prepositions.has(text) ? afterPhrase(scene, at, hit.at) : -1
}

/** Past a comma, a bracket or a dash with what it holds; "X, arriving in May": the verb stands right behind it. */
function afterMark(scene: Scene, at: number, mention: Mention, hit: Hit): number {
  const isAfterName = at === mention.npTo
  const isNext = hit.at === at + 1 && hit.cue.forms.includes('ing') && !takesObject(scene, hit)
  if (isAfterName && isNext && scene.words[at]?.text === ',') return hit.at
  return isAfterName && endsAside(scene, mention) ? at + 1 : afterAside(scene, at, hit.at)
}

/** "One of its heads, X, is leaving": the aside that names X is over. */
function endsAside(scene: Scene, { stop, npTo }: Mention): boolean {
  const text = scene.words[npTo + 1]?.text ?? ''
  const isVerbNext = auxiliaries.has(text) || isModal(text) || isVerb(scene, npTo + 1)
  return scene.words[npTo]?.text === ',' && scene.words[stop]?.text === ',' && isVerbNext
}

/** "X's sale to Acme is …": no infinitive. */
function leadsToName(scene: Scene, at: number): boolean {
  return scene.words[at]?.text === 'to' && scene.words[at + 1]?.capital === true && !scene.verbsAt.has(at + 1)
}

/** Past "and Acme" in "X and Acme settle". */
function afterPartner(scene: Scene, and: number): number {
  let at = and + 1
  while (at <= and + 6 && isOfPartner(scene, at)) at += 1
  return at > and + 1 ? at : -1
}

function isOfPartner(scene: Scene, at: number): boolean {
  const word = scene.words[at]
  if (!word || word.kind === 'mark') return false
  return (
    word.quoted ||
    word.kind === 'number' ||
    (word.capital && !scene.verbsAt.has(at) && !auxiliaries.has(word.text))
  )
}

/** Past ", an aside," or "(an aside)". */
function afterAside(scene: Scene, open: number, end: number): number {
  const close = scene.words[open]?.text === '(' ? ')' : (scene.words[open]?.text ?? ',')
  const isRelative = /^(?:which|who|whose|once|formerly)$/u.test(scene.words[open + 1]?.text ?? '')
  const longest = isRelative ? 16 : 9
  for (let at = open + 1; at < end && at <= open + longest; at += 1) {
    if (scene.words[at]?.text === close) return at + 1
    if (isVerb(scene, at) && !isRelative) return -1
  }
  return -1
}

/** Past "in the US", "for developers", before a verb. */
function afterPhrase(scene: Scene, from: number, end: number): number {
  for (let at = from + 1; at <= end && at <= from + 5; at += 1) {
    const text = scene.words[at]?.text ?? ''
    if (at === end || auxiliaries.has(text) || isModal(text)) return at
    if (scene.words[at]?.kind === 'mark' || isVerb(scene, at)) return -1
  }
  return -1
}

/** Whether a verb has an object of its own after it. */
export function takesObject(scene: Scene, hit: Hit): boolean {
  const next = scene.words[hit.end]
  if (next !== undefined && /^[$€£]$/u.test(next.text)) return true
  if (!next || next.kind === 'mark' || /^(?:itself|themselves)$/u.test(next.text)) return false
  if (scene.words.slice(hit.end, hit.end + 3).some((word) => word.text === 'that')) return true
  const { text } = next
  if (/^(?:back|up|out|off|down|away|apart)$/u.test(text) && isLedAway(scene.words[hit.end + 1])) return false
  if (next.kind === 'number') return countsThings(scene, hit.end)
  if (timeWords.has(text) && !/^(second|may)$/u.test(text)) return false
  return (
    determiners.has(text) || !(endings.some((set) => set.has(text)) || text === 'to' || text.endsWith('ly'))
  )
}

/** "crashes back to Earth", "breaks up over": a particle, and a preposition or nothing after it. */
function isLedAway(next: Word | undefined): boolean {
  return next?.kind !== 'word' || prepositions.has(next.text) || next.text === 'to'
}

/** "cuts 40 posts", not "delayed 3 weeks", "launches 5 June", "falls 5 percent". */
function countsThings({ words }: Scene, at: number): boolean {
  const rest = words.slice(at + 1).filter((word) => word.text !== '%')
  const thing = rest[0]?.glued === true ? rest[1] : rest[0]
  if (thing?.kind !== 'word' || rest[0] === undefined) return false
  const isTime = [rest[0], thing].some((word) => timeWords.has(singular(word.text)) || units.test(word.text))
  return (
    !isTime &&
    !endings.some((set) => set.has(thing.text)) &&
    thing.text !== 'to' &&
    !thing.text.endsWith('ly')
  )
}

const units =
  /^(?:days?|hours?|minutes?|seconds?|decades?|times|percent|points?|st|nd|rd|th|million|billion|trillion|thousand)$/u

/** Words with which no object begins. */
const endings = [prepositions, adverbs, conjunctions, auxiliaries]

const strangers =
  /^(rival|rivals|competitor|competitors|competing|backed|ex|former|alternative|partner|partners|critic|critics|user|users|employee|employees|researcher|researchers|fan|fans|developer|developers|hacker|hackers|startup|startups|analyst|analysts|insider|insiders|leaker|leakers|founder|cofounder|supplier|suppliers|author|mod|modder|community|engineers|spinoff|subsidiary)$/u
const makers =
  /^(it|we|they|he|she|company|maker|firm|giant|group|team|developer|project|vendor|studio|automaker|chipmaker|lab|ceo|regulators?|lawmakers?|officials?|government|administration|admin|feds|ministry|minister|president|cabinet|congress|parliament|agency|court|judge|nations|countries|delegates|negotiators|members|mps|leaders|authorities|voters|jury|jurors|publisher|owners?|board|organi[sz]ers|who|which|that)$/u

/** Where the noun phrase before a verb begins: after the verb or the preposition that ends what stands before it. */
export function agentStart(scene: Scene, manner: Manner): number {
  for (let at = manner.chain - 1; at >= manner.clause; at -= 1) {
    const text = scene.words[at]?.text ?? ''
    if (text === 'on' && timeWords.has(scene.words[at + 1]?.text ?? '')) continue
    if (
      text === 'for' &&
      /^(?:minister|secretary|commissioner|office|ministry|department)$/u.test(
        scene.words[at - 1]?.text ?? '',
      )
    )
      continue
    if (isVerb(scene, at) || /^(about|with|by|for|than|over|to|that|as|against|on|into|despite)$/u.test(text))
      return at + 1
  }
  return manner.clause
}

/** "Acme, Bolt sue X": where the names begin that go before. */
function listStart(words: readonly Word[], from: number): number {
  let at = from
  while (/^(?:,|and|&)$/u.test(words[at - 1]?.text ?? '') && words[at - 2]?.capital === true) at -= 2
  return at
}

/** "Acme replaces Y with X": the question asks whether X does. */
function isMeans({ words, target }: Scene, manner: Manner): boolean {
  return words.some(
    (word, i) =>
      i > manner.chain &&
      /^(?:with|by|via|through)$/u.test(word.text) &&
      words.slice(i + 1, i + 4).some((one) => target.actors.has(one.text)),
  )
}

/** Who acts for a state, where the question makes the state or a body of it act. */
function isGovernment({ target }: Scene, agent: readonly Word[]): boolean {
  return [...placesOf(agent)].some((place) => target.actingPlaces.has(place))
}

/** Who does it: one whom the question means, somebody else, or unknown. */
export function agentIs(scene: Scene, manner: Manner): 'actor' | 'stranger' | 'unknown' {
  const { words, target } = scene
  const agent = words
    .slice(listStart(words, agentStart(scene, manner)), manner.chain)
    .filter((w) => w.kind !== 'mark' && !/^(?:intent|proposal|plans?|rfc|motion|decision|to)$/u.test(w.text))
  if (agent.length === 0) return 'unknown'
  const texts = agent.map((w) => w.text)
  if (agent.some((w, i) => strangers.test(w.text) && i >= agent.length - 3)) return 'stranger'
  if (target.actors.size === 0) return 'unknown'
  if (agent.some((w) => target.actors.has(w.text) || target.actors.has(singular(w.text)))) return 'actor'
  if (texts.some((t) => pronouns.has(t) || makers.test(t))) return 'actor'
  if (isGovernment(scene, agent)) return 'actor'
  return agent.some((w) => w.capital) && !isMeans(scene, manner) ? 'stranger' : 'unknown'
}
