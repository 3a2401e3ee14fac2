import { compileKind, findCues, type Hit } from './cues.ts'
import type { Kind, KindEvent } from './kind.ts'
import { askedAlone, baseForm, bases, eventOf, light } from './own-verb.ts'
import { commonVerbs, determiners, institutions, offices, prepositions } from './lexicon.ts'
import { clauseEnd, isContent, isDetermined, isPassiveVerb } from './question-words.ts'
import type { Word } from './words.ts'

/** Words of a question, end exclusive. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** What a question asks about. */
export interface Chosen {
  /** The kind whose events they are: another one where the question's verb is not a word of its own kind. */
  readonly kind: Kind
  readonly events: Set<number>
  readonly extra: readonly KindEvent[]
  readonly verb: number | null
  /** The word after the verb. */
  readonly verbEnd: number
}

/**
 * Chooses the events that a question asks about: by its verbs, else by its nouns, else by its verbs among the events of
 * the other kinds, else by a verb that no kind knows.
 */
export function chooseEvents(
  kind: Kind,
  words: readonly Word[],
  subject: Range | null,
  others: readonly Kind[] = [],
): Chosen {
  const own = hitsOf(kind, words, subject)
  const main = mainVerb(words, subject)
  const longer = amongOthers(others, words, subject, (hit) => isLongerThan(hit, own.best))
  if (longer !== null) return longer
  if (
    main !== null &&
    !isThing(kind, words, main, own.best) &&
    !own.best.some((hit) => hit.cue.type === 'verb' && covers(hit, main))
  ) {
    const foreign =
      amongOthers(others, words, subject, (hit) => covers(hit, main)) ??
      byOtherVerbs([kind, ...others], words, main)
    if (foreign !== null) return foreign
    if (!light.test(baseForm(words[main]?.text ?? ''))) return itself(kind, words, main)
  }
  if (own.best.length > 0) return chosenOf(kind, own.best, words)
  return amongOthers(others, words, subject, () => true) ?? byDefault(kind, words, subject)
}

/** "bring back", "go to prison", "make a deal": another kind knows more of the wording than the own one. */
function isLongerThan(hit: Hit, own: readonly Hit[]): boolean {
  const rivals = own.filter((one) => one.at === hit.at && one.cue.type === 'verb')
  const isTelling = hit.cue.rest[0] === 'back' ? hit.end === hit.at + 2 : isWording(hit)
  return isTelling && rivals.length > 0 && rivals.every((one) => one.end < hit.end)
}

/** A verb with a noun of its own. */
function isWording({ cue, end, at }: Hit): boolean {
  const isNoun = (word: string): boolean => !prepositions.has(word) && !particles.test(word)
  return end > at + 1 && cue.rest.some(isNoun)
}

const particles = /^(?:up|out|off|back|down|over|in|on|away|down|ahead|forward)$/u

/** "the new Acme watch ship": a word that goes with a name is a noun where a verb of the kind follows. */
function isThing(kind: Kind, words: readonly Word[], main: number, best: readonly Hit[]): boolean {
  const text = words[main]?.text ?? ''
  return (
    kind.companions.includes(text) &&
    best.some((hit) => hit.cue.type === 'verb' && hit.at > main && canBeVerb(words, hit.at))
  )
}

function covers(hit: Hit, at: number): boolean {
  return hit.at <= at && hit.end > at
}

/** What is meant where no word of the question is known. */
function byDefault(kind: Kind, words: readonly Word[], subject: Range | null): Chosen {
  const fallback = kind.events.findIndex((event) => event.name === kind.default)
  const verb = ownVerb(words, subject)
  const isClear = verb !== null && /^(?:will|does|did|has|have)$/u.test(words[0]?.text ?? '')
  if (fallback >= 0 && !isClear)
    return { kind, events: new Set([fallback]), extra: [], verb: null, verbEnd: 0 }
  if (verb === null) return { kind, events: new Set(kind.events.keys()), extra: [], verb, verbEnd: 0 }
  return itself(kind, words, verb)
}

/** The events of the first other kind that the question's verb is reserved for. */
function amongOthers(
  others: readonly Kind[],
  words: readonly Word[],
  subject: Range | null,
  fits: (hit: Hit) => boolean,
): Chosen | null {
  for (const other of others) {
    const telling = hitsOf(other, words, subject).asked.filter(
      (hit) =>
        fits(hit) &&
        (hit.cue.rest.length > 0 ||
          !light.test(baseForm(words[hit.at]?.text ?? '')) ||
          hasThing(words, hit.at, subject, other.events[hit.cue.event])),
    )
    if (telling.length > 0) return chosenOf(other, joined(telling, words), words)
  }
  return null
}

/** "Will X have a watch app?", "Will Acme make an X?": the verb means something by its object; not "have to", nor "what will X have". */
function hasThing(
  words: readonly Word[],
  at: number,
  subject: Range | null,
  event: KindEvent | undefined,
): boolean {
  const next = words[at + 1]
  // "make a phone with two screens", not "make phones safe"
  if (words[at]?.text === 'make')
    return (
      event?.asked.includes('build') === true && /^(?:a|an|another|its|new|more)$/u.test(next?.text ?? '')
    )
  if (words[at]?.text !== 'have' || subject === null || subject.end > at || next === undefined) return false
  return determiners.has(next.text) || (next.kind === 'word' && isContent(next))
}

/** The event of any kind that has the verb of the question among its own, the one where it stands first. */
function byOtherVerbs(kinds: readonly Kind[], words: readonly Word[], main: number): Chosen | null {
  const verb = baseForm(words[main]?.text ?? '')
  if (light.test(verb)) return null
  let best: { kind: Kind; event: number; rank: number } | null = null
  for (const kind of kinds)
    for (const [event, { verbs, undergone }] of kind.events.entries()) {
      const rank = verbs.indexOf(verb)
      if (!undergone && rank >= 0 && (best === null || rank < best.rank)) best = { kind, event, rank }
    }
  if (best === null) return null
  return { kind: best.kind, events: new Set([best.event]), extra: [], verb: main, verbEnd: main + 1 }
}

/** The event that a verb of the question is by itself. */
function itself(kind: Kind, words: readonly Word[], verb: number): Chosen {
  const extra = [eventOf(words, verb)]
  return { kind, events: new Set([kind.events.length]), extra, verb, verbEnd: verb + 1 }
}

function chosenOf(kind: Kind, best: readonly Hit[], words: readonly Word[] = []): Chosen {
  const events = new Set(best.map((hit) => hit.cue.event))
  const extra = askedAlone(kind, best, words)
  if (extra.length > 0) events.add(kind.events.length)
  return { kind, events, extra, verb: best[0]?.at ?? null, verbEnd: best[0]?.end ?? 0 }
}

/** The events' words in a question: its verbs, and what is best taken for its event. */
function hitsOf(kind: Kind, words: readonly Word[], subject: Range | null): { asked: Hit[]; best: Hit[] } {
  const inside = (at: number): boolean => subject !== null && at >= subject.start && at < subject.end
  // A subject that is a verb ("settle") is the event itself.
  const isWhole = (hit: Hit): boolean =>
    hit.cue.type === 'verb' && hit.at === subject?.start && hit.end === subject.end
  const main = clauseEnd(words)
  const among = (vocabulary: Kind): Hit[] =>
    findCues(compileKind(vocabulary), words).filter(
      (hit) =>
        hit.cue.role === 'event' &&
        hit.at > 0 &&
        hit.at < main &&
        !isPartOfCompound(words, hit) &&
        (!inside(hit.at) || isWhole(hit)),
    )
  const reserving = among(askedOf(kind))
  const hits = longest(ofOffice(reserved(reserving, among(kind)), kind, words))
  const verbs = hits.filter((hit) => hit.cue.type === 'verb' && !isNounBefore(hit, hits, words))
  const asked = verbs.filter((hit) =>
    reserving.some((one) => one.at === hit.at && one.cue.event === hit.cue.event),
  )
  return { asked, best: best(hits, verbs, asked, words) }
}

/** The verbs; a verb that says little by itself ("go through") only where no noun tells more ("the sale of X"). */
function best(
  hits: readonly Hit[],
  verbs: readonly Hit[],
  asked: readonly Hit[],
  words: readonly Word[],
): Hit[] {
  const nouns = hits.filter((hit) => hit.cue.type === 'noun')
  const isWeak = (hit: Hit): boolean =>
    hit.cue.rest.length === 0 && !asked.includes(hit) && light.test(baseForm(words[hit.at]?.text ?? ''))
  if (verbs.length === 0) return [...hits]
  return nouns.length > 0 && verbs.every(isWeak) ? nouns : joined(verbs, words)
}

/** "mass-produced": no verb of the question. */
function isPartOfCompound(words: readonly Word[], { at, cue }: Hit): boolean {
  const word = words[at]
  return word?.glued === true && cue.type === 'verb' && /(?:ed|ing)$/u.test(word.text)
}

/** Who gets an office is asked only where the question names one, and then nothing else is. */
function ofOffice(hits: readonly Hit[], kind: Kind, words: readonly Word[]): Hit[] {
  const isOf = (hit: Hit): boolean => kind.events[hit.cue.event]?.undergone === true
  if (!words.some((word) => offices.has(word.text))) return hits.filter((hit) => !isOf(hit))
  return hits.filter((hit) => isOf(hit) || !hits.some((other) => isOf(other) && other.at === hit.at))
}

/** Where several cues begin at one word, those of the most words are meant ("become law", not "become"). */
function longest(hits: readonly Hit[]): Hit[] {
  return hits.filter((hit) => !hits.some((other) => other.at === hit.at && other.end > hit.end))
}

/** "the … rule come into force": right before another verb a word that could be one is a noun. */
function isNounBefore(hit: Hit, hits: readonly Hit[], words: readonly Word[]): boolean {
  if (words[hit.at - 1]?.text === 'to') return false
  if (
    isDetermined(words, hit.at) &&
    hits.some((other) => other.at > hit.at && isPassiveVerb(words, other.at))
  )
    return true
  return hits.some((other) => other.cue.type === 'verb' && other.at === hit.end && other.at > hit.at)
}

/** A word that is reserved for an event chooses that one alone. */
function reserved(asked: readonly Hit[], others: readonly Hit[]): Hit[] {
  const rest = others.filter((hit) => !asked.some((one) => one.at === hit.at && one.end >= hit.end))
  return [...asked, ...rest].sort((a, b) => a.at - b.at)
}

/** The first verb, and those that "or", "and" or "to" join to it ("sold or banned", "allowed to sell"). */
function joined(verbs: readonly Hit[], words: readonly Word[]): Hit[] {
  const chosen: Hit[] = []
  for (const hit of verbs) {
    const last = chosen.at(-1)
    const between = last ? words.slice(last.end, hit.at).map((word) => word.text) : []
    const isJoined = between.length <= 3 && /^(or|and|to|,|be)$/u.test(between.at(-1) ?? '')
    if (!last || hit.at === last.at || isJoined) chosen.push(hit)
  }
  return chosen
}

const askedKinds = new WeakMap<Kind, Kind>()

/** A kind with the words of a question alone that are reserved for its events. */
function askedOf(kind: Kind): Kind {
  const asked = askedKinds.get(kind) ?? { ...kind, events: kind.events.map(onlyAsked) }
  askedKinds.set(kind, asked)
  return asked
}

/** An event by the words of a question that are reserved for it. */
function onlyAsked(event: KindEvent): KindEvent {
  return { ...event, verbs: event.asked, nouns: [], phrases: [], own: event.undergone ? event.own : [] }
}

/** "the strike end": right before one of these a word that could be a verb is a noun. */
const followers = new Set(
  (
    'be become get go take come end pass close fail succeed happen begin start expire survive enter apply return arrive ' +
    'ship launch win lose hold remain stand continue resume proceed reach rise fall'
  ).split(' '),
)

/**
 * The main verb of "Will X recall …?", "Has X patched …?": the first form of a common verb after the auxiliary and the subject;
 * null where it cannot be told from a noun.
 */
function mainVerb(words: readonly Word[], subject: Range | null): number | null {
  const will = words.findIndex((word) =>
    /^(will|would|does|did|do|has|have|can|is|are|was|were)$/u.test(word.text),
  )
  if (will < 0) return null
  const from = subject && subject.start <= will + 2 ? Math.max(subject.end, will + 1) : will + 2
  const end = clauseEnd(words)
  const at = words.findIndex(
    (word, i) =>
      i >= from &&
      i < end &&
      bases.has(word.text) &&
      (canBeVerb(words, i) || /^(?:get|have)$/u.test(word.text)) &&
      words[i - 1]?.possessive !== true &&
      !isNounAt(words, i),
  )
  return at < 0 ? null : at
}

/** "the strike end", but not "support end-to-end encryption" */
function isNounAt(words: readonly Word[], at: number): boolean {
  return followers.has(words[at + 1]?.text ?? '') && words[at + 2]?.glued !== true
}

/** The main verb of "Will … verb …?": the first known verb after the subject or the agent, else the word after a name. */
function ownVerb(words: readonly Word[], subject: Range | null): number | null {
  const will = words.findIndex((word) => /^(will|does|did|do|has|have|is)$/u.test(word.text))
  if (will < 0) return null
  const from = subject && subject.start <= will + 2 ? subject.end : will + 2
  const candidates = [...words.keys()].filter((at) => at >= from && canBeVerb(words, at))
  const known = candidates.find((at) => commonVerbs.has(words[at]?.text ?? ''))
  return known ?? candidates.find((at) => at === from || words[at - 1]?.capital === true) ?? null
}

function canBeVerb(words: readonly Word[], at: number): boolean {
  const word = words[at]
  const before = words[at - 1]?.text ?? ''
  if (word?.kind !== 'word' || word.capital || word.possessive || !isContent(word)) return false
  if (institutions.has(word.text) || word.text === 'government') return false
  return !determiners.has(before) && !prepositions.has(before)
}

/** Whether the verb at a word of a question is passive. */
export function isPassive(words: readonly Word[], verb: number): boolean {
  if (/^gets?$/u.test(words[verb]?.text ?? '') && !/(?:ed|en)$/u.test(words[verb + 1]?.text ?? ''))
    return false
  return words
    .slice(Math.max(0, verb - 4), verb + 1)
    .some((w) => /^(be|been|being|is|are|was|were|get|gets)$/u.test(w.text))
}
