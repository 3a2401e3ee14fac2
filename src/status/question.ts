import { createPercolator } from '../matching/percolator.ts'
import { documentOf } from '../matching/document.ts'
import { queryOf } from '../matching/query.ts'
import type { WatchItem } from '../matching/watch-item.ts'
import { compileKind, findCues, partsOf, type CueTable, type Hit } from './cues.ts'
import { singular } from './inflect.ts'
import type { Kind, KindEvent } from './kind.ts'
import {
  adverbs,
  auxiliaries,
  commonVerbs,
  conjunctions,
  determiners,
  futures,
  institutions,
  offices,
  places,
  prepositions,
} from './lexicon.ts'
import { wordsOf, type Word } from './words.ts'

/** What a question asks for, as the readers of claims need it. */
export interface Target {
  readonly table: CueTable
  /** Places in `table.events` of what the question asks about. */
  readonly events: ReadonlySet<number>
  /** The subject does it itself ("Will Acme go bankrupt?"). */
  readonly asAgent: boolean
  /** Words that name who is to do it; empty where anybody may. */
  readonly actors: ReadonlySet<string>
  /** Institutions the question names: another one's act does not settle it. */
  readonly institutions: ReadonlySet<string>
  /** What the subject is to do it to, where the subject is the agent. */
  readonly objects: ReadonlySet<string>
  /** Every telling word of the question and of its context. */
  readonly named: ReadonlySet<string>
  /** Jurisdictions that the question names. */
  readonly places: ReadonlySet<string>
  /** Names that were there when the question was asked ("further models after X"): only what is beside them is new. */
  readonly baselines: readonly (readonly string[])[]
  /** Nouns of the event that a claim must name, as the kind writes them; empty where none are asked for. */
  readonly topics: ReadonlySet<string>
  /** A claim must have one of the watch item's `about` words near it. */
  readonly needsAbout: boolean
}

/** Reads the question of a watch item in the words of its kind. */
export function readQuestion(item: WatchItem, kind: Kind): Target {
  const words = wordsOf(item.question)
  const subjects = subjectRanges(item, words)
  const subject = subjects[0] ?? null
  const chosen = chooseEvents(kind, words, subject)
  const table = compileKind(kind, chosen.extra)
  const verb = chosen.verb
  const undergoes = [...chosen.events].some((event) => table.events[event]?.undergone)
  const asAgent =
    subject !== null &&
    verb !== null &&
    subject.end <= verb &&
    !isPassive(words, verb) &&
    !undergoes &&
    !subjects.some((one) => one.start >= chosen.verbEnd)
  const rest = asAgent ? directObject(words.slice(chosen.verbEnd)) : []
  const isNamed = [...chosen.events].some((event) => table.events[event]?.named)
  const own = rest.filter((word) => isContent(word)).map((word) => singular(word.text))
  const objects = withOtherNames(own, item, isNamed)
  const agent = asAgent
    ? objects.length > 0
      ? item.subject.flatMap(partsOf)
      : []
    : undergoes
      ? []
      : agentOf(words, verb, subject)
  const actors = agent.length > 0 ? [...agent, ...item.context.flatMap(partsOf)].map(singular) : []
  return {
    table,
    events: chosen.events,
    asAgent,
    actors: new Set(actors),
    institutions: new Set(words.map((w) => w.text).filter((w) => institutions.has(w))),
    objects: new Set(objects),
    named: new Set(
      [...words.filter(isContent).map((w) => w.text), ...item.context.flatMap(partsOf)].map(singular),
    ),
    places: placesOf(words),
    baselines: baselinesOf(words),
    ...topicsOf(item, table, words, chosen.events),
  }
}

/** What else it is called that something is done to: the words it is about, or a context that names it ("minors": teens). */
function withOtherNames(own: readonly string[], item: WatchItem, isNamed: boolean): readonly string[] {
  if (own.length === 0) return own
  const context = item.context.flatMap(partsOf).map(singular)
  const about = isNamed ? item.about.flatMap(partsOf).map(singular) : []
  return [...own, ...about, ...(own.some((word) => context.includes(word)) ? context : [])]
}

/** The words after a verb up to the first preposition: "leave Acme", but nothing of "step down as head". */
function directObject(words: readonly Word[]): readonly Word[] {
  const end = words.findIndex(
    (word) => prepositions.has(word.text) || word.text === 'to' || word.kind === 'mark',
  )
  return end < 0 ? words : words.slice(0, end)
}

/** Jurisdictions that the words name. "us" counts only in capitals. */
export function placesOf(words: readonly Word[]): Set<string> {
  const found = new Set<string>()
  for (const word of words) {
    const place = word.capital ? places.get(word.text) : undefined
    if (place) found.add(place)
  }
  return found
}

function isContent(word: Word): boolean {
  return (
    word.kind !== 'mark' &&
    !prepositions.has(word.text) &&
    !determiners.has(word.text) &&
    !auxiliaries.has(word.text) &&
    !conjunctions.has(word.text) &&
    !adverbs.has(word.text) &&
    !futures.has(word.text) &&
    word.text.length > 1
  )
}

function subjectRanges(item: WatchItem, words: readonly Word[]): Range[] {
  const percolator = createPercolator()
  percolator.add(item.id, queryOf({ ...item, context: [], about: [] }))
  const document = documentOf({ title: item.question, text: '', outlet: '' })
  const spans = percolator.match(document)[0]?.spans.filter((s) => s.role === 'subject') ?? []
  return spans.flatMap((span) => {
    const start = words.findIndex((w) => w.end > span.start)
    const end = words.findIndex((w) => w.start >= span.end)
    return start < 0 ? [] : [{ start, end: end < 0 ? words.length : end }]
  })
}

interface Range {
  readonly start: number
  readonly end: number
}

interface Chosen {
  readonly events: Set<number>
  readonly extra: readonly KindEvent[]
  readonly verb: number | null
  /** The word after the verb. */
  readonly verbEnd: number
}

function chooseEvents(
  kind: Kind,
  words: readonly Word[],
  subject: { start: number; end: number } | null,
): Chosen {
  const inside = (at: number): boolean => subject !== null && at >= subject.start && at < subject.end
  // A subject that is a verb ("settle") is the event itself.
  const isWhole = (hit: Hit): boolean =>
    hit.cue.type === 'verb' && hit.at === subject?.start && hit.end === subject.end
  const among = (events: readonly KindEvent[]): Hit[] =>
    findCues(compileKind({ ...kind, events: [...events] }), words).filter(
      (hit) => hit.cue.role === 'event' && (!inside(hit.at) || isWhole(hit)),
    )
  const hits = longest(ofOffice(reserved(among(kind.events.map(onlyAsked)), among(kind.events)), kind, words))
  const verbs = hits.filter((hit) => hit.cue.type === 'verb' && !isNounBefore(hit, hits, words))
  const best = verbs.length > 0 ? joined(verbs, words) : hits
  const events = new Set(best.map((hit) => hit.cue.event))
  const verb = best[0]?.at ?? null
  if (events.size > 0) return { events, extra: [], verb, verbEnd: best[0]?.end ?? 0 }
  const fallback = kind.events.findIndex((event) => event.name === kind.default)
  if (fallback >= 0) return { events: new Set([fallback]), extra: [], verb: null, verbEnd: 0 }
  const own = ownVerb(words, subject)
  if (own === null) return { events: new Set(kind.events.keys()), extra: [], verb: null, verbEnd: 0 }
  const particle = words[own + 1]?.text ?? ''
  const name = `${words[own]?.text ?? ''}${/^(back|up|out|off|down|over)$/u.test(particle) ? ` ${particle}` : ''}`
  const blank = { verbs: [], nouns: [], phrases: [] }
  const event: KindEvent = {
    name,
    asked: [],
    ...blank,
    verbs: [name],
    nouns: name.includes(' ') ? [] : [name],
    begun: blank,
    intended: false,
    matter: false,
    named: false,
    undergone: false,
    own: [],
    headings: [],
  }
  return { events: new Set([kind.events.length]), extra: [event], verb: own, verbEnd: own + 1 }
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

/** An event by the words of a question that are reserved for it. */
function onlyAsked(event: KindEvent): KindEvent {
  return { ...event, verbs: event.asked, nouns: [], phrases: [] }
}

function topicsOf(
  item: WatchItem,
  table: CueTable,
  words: readonly Word[],
  events: ReadonlySet<number>,
): Pick<Target, 'topics' | 'needsAbout'> {
  const named = [...events].filter((event) => table.events[event]?.named)
  if (named.length === 0) return { topics: new Set(), needsAbout: false }
  if (item.about.length > 0) return { topics: new Set(), needsAbout: true }
  const nouns = findCues(table, words).filter(
    (hit) => hit.cue.type === 'noun' && named.includes(hit.cue.event),
  )
  return { topics: new Set(nouns.map((hit) => hit.cue.text)), needsAbout: false }
}

/** The main verb of "Will … verb …?": the first known verb after the subject or the agent, else the word after a name. */
function ownVerb(words: readonly Word[], subject: { start: number; end: number } | null): number | null {
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

function isPassive(words: readonly Word[], verb: number): boolean {
  return words
    .slice(Math.max(0, verb - 4), verb + 1)
    .some((w) => /^(be|been|being|is|are|was|were|get|gets)$/u.test(w.text))
}

/** Who is to do it: the capitalised words before the verb, the subject's aside. */
function agentOf(
  words: readonly Word[],
  verb: number | null,
  subject: { start: number; end: number } | null,
): string[] {
  if (verb === null || isPassive(words, verb)) return []
  return words
    .slice(1, verb)
    .filter((w, i) => w.capital && !(subject && i + 1 >= subject.start && i + 1 < subject.end))
    .map((w) => w.text)
}

function baselinesOf(words: readonly Word[]): string[][] {
  const asks = words.some((w) => /^(further|another|more|other|new|next|additional|again)$/u.test(w.text))
  const after = words.findIndex((w) => /^(after|since|besides|beyond|beside)$/u.test(w.text))
  if (!asks || after < 0) return []
  const name: string[] = []
  for (const word of words.slice(after + 1)) {
    if (word.kind === 'mark' || prepositions.has(word.text)) break
    if (!determiners.has(word.text)) name.push(word.text)
  }
  return name.length > 0 ? [name] : []
}
