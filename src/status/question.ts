import { createPercolator } from '../matching/percolator.ts'
import { documentOf } from '../matching/document.ts'
import { queryOf } from '../matching/query.ts'
import type { WatchItem } from '../matching/watch-item.ts'
import { chooseEvents, isPassive, type Chosen, type Range } from './choose-events.ts'
import { compileKind, findCues, partsOf, type CueTable } from './cues.ts'
import { singular } from './inflect.ts'
import type { Kind } from './kind.ts'
import {
  determiners,
  institutions,
  places,
  prepositions,
  timeWords,
  conjunctions,
  pronouns,
  synonyms,
} from './lexicon.ts'
import { isContent } from './question-words.ts'
import { complementOf } from './complement.ts'
import { baseForm } from './own-verb.ts'
import { versionOf, type Version } from './version.ts'
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
  /** The noun of what the subject is to do it to, in the singular ("ring"); null where the question names none. */
  readonly thing: string | null
  /** Nouns of what the question's verb is done to, names aside: "a shelter", "its trial review". */
  readonly goal: ReadonlySet<string>
  /** It asks what the subject gets ("Will Acme Mail get a dark mode?"): whoever gives it. */
  readonly gains: boolean
  /** Somebody has to do it ("have to sell"): who refuses settles nothing. */
  readonly obliged: boolean
  /** Every telling word of the question and of its context. */
  readonly named: ReadonlySet<string>
  /** Jurisdictions that the question names. */
  readonly places: ReadonlySet<string>
  /** Those of them that are to act. */
  readonly actingPlaces: ReadonlySet<string>
  /** The question has nobody and nothing beside its subject ("Will X take place?", "Will X be demolished?"). */
  readonly solo: boolean
  /** The question asks whether a thing agreed on is brought to its end ("complete its purchase"). */
  readonly agreed: boolean
  /** The subject is what it is about, not what it is done to ("an explanation of X"). */
  readonly beside: boolean
  /** What the subject is to be made to do ("be forced to sell Acme"): its telling words; empty where nothing is. */
  readonly made: ReadonlySet<string>
  readonly version: Version
  /** What the subject is to be ("open source"), where that is asked. */
  readonly complement: readonly string[]
  /** Names that were there when the question was asked ("further models after X"): only what is beside them is new. */
  readonly baselines: readonly (readonly string[])[]
  /** Every word of the aliases. */
  readonly aliasWords: ReadonlySet<string>
  /** Last words of aliases that end with a plus ("Acme+"). */
  readonly plussed: ReadonlySet<string>
  /** Nouns of the event that a claim must name, as the kind writes them; empty where none are asked for. */
  readonly topics: ReadonlySet<string>
  /** A claim must have one of the watch item's `about` words near it. */
  readonly needsAbout: boolean
}

/** What a kind says of an event in yes or no. */
type EventFlag = 'matter' | 'named' | 'undergone' | 'declared' | 'reversible' | 'shown' | 'intended'

/** Whether some event that is asked about is of that sort. */
export function asks({ events, table }: Pick<Target, 'events' | 'table'>, flag: EventFlag): boolean {
  return [...events].some((event) => table.events[event]?.[flag] === true)
}

/** Reads the question of a watch item in the words of its kind, or of another of `others` that knows its verb. */
export function readQuestion(item: WatchItem, kind: Kind, others: readonly Kind[] = []): Target {
  const words = wordsOf(item.question)
  const subjects = subjectRanges(item, words)
  const subject = subjects[0] ?? null
  const chosen = chooseEvents(kind, words, subject, others)
  const table = compileKind(chosen.kind, chosen.extra)
  const verb = chosen.verb
  const undergoes = asks({ events: chosen.events, table }, 'undergone')
  const acting = undergoes ? null : subject
  const asAgent =
    acting !== null &&
    verb !== null &&
    acting.end <= verb &&
    !isPassive(words, verb) &&
    !subjects.some((one) => isInObject(words, chosen.verbEnd, one))
  const rest = asAgent ? [...withinWording(words, chosen), ...directObject(words.slice(chosen.verbEnd))] : []
  const own = rest.filter((word) => isContent(word)).map((word) => singular(word.text))
  const objects = withOtherNames(own, item)
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
    thing: own.at(-1) ?? null,
    ...formOf(item, words, chosen, acting),
    gains: asksForGain(words, verb, rest),
    named: new Set(
      [...words.filter(isContent).map((w) => w.text), ...item.context.flatMap(partsOf)].map(singular),
    ),
    places: placesOf([...words, ...item.context.flatMap(wordsOf)]),
    actingPlaces: actingPlacesOf(words, verb),
    beside: standsBeside(words, chosen, subject),
    agreed:
      /\bgo(?:es|ne)? through\b/iu.test(item.question) ||
      words.some((word) =>
        /^(?:completed?|close|finali[sz]ed?|concluded?|consummated?|finish(?:ed)?)$/u.test(word.text),
      ),
    made: madeOf(words, chosen),
    version: versionOf(item, words),
    complement: complementOf(words, acting),
    baselines: baselinesOf(words),
    aliasWords: new Set(item.subject.flatMap(partsOf)),
    plussed: plussedOf(item.subject),
    ...topicsOf(item, table, words, chosen),
  }
}

/** "Acme phone" is not "Acme release a phone": in a question an alias stands together. */
function isContiguous(item: WatchItem, { start, end }: Range): boolean {
  return item.subject.some((alias) => wordsOf(alias).length >= end - start)
}

/** What else it is called that something is done to: the words it is about, or a context that names it ("minors": teens). */
function withOtherNames(own: readonly string[], item: WatchItem): readonly string[] {
  if (own.length === 0) return own
  const context = item.context.flatMap(partsOf).map(singular)
  const about = item.about.flatMap(partsOf).map(singular)
  const alike = synonyms.filter((set) => own.some((word) => set.has(word))).flatMap((set) => [...set])
  return [...own, ...alike, ...about, ...(own.some((word) => context.includes(word)) ? context : [])]
}

/** Whether an alias stands in the verb's object: nothing comes in between that begins another part of the sentence. */
function isInObject(words: readonly Word[], verbEnd: number, alias: Range): boolean {
  if (alias.start < verbEnd) return false
  return words
    .slice(verbEnd, alias.start)
    .every((word) => word.kind !== 'mark' && !prepositions.has(word.text) && !conjunctions.has(word.text))
}

/** The words after a verb up to the first preposition or time: "leave Acme", but nothing of "step down as head", "ship this year". */
function directObject(words: readonly Word[]): readonly Word[] {
  const end = words.findIndex(
    (word) =>
      prepositions.has(word.text) ||
      word.text === 'to' ||
      (word.kind === 'mark' && !/^[$€£%]$/u.test(word.text)),
  )
  return (end < 0 ? words : words.slice(0, end)).filter((word) => !timeWords.has(word.text))
}

/** "cut more jobs": the object may be a part of the wording that the question chose. */
function withinWording(words: readonly Word[], { verb, verbEnd }: Chosen): readonly Word[] {
  if (verb === null) return []
  const within = words.slice(verb + 1, verbEnd)
  return within.some((word) => prepositions.has(word.text)) ? [] : within.filter(isNounLike)
}

function isNounLike({ text }: Word): boolean {
  return (text.endsWith('s') && !text.endsWith('ss')) || /^(?:money|funding|capital)$/u.test(text)
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

/** "be forced to sell Acme", "force Acme to share data" */
function madeOf(words: readonly Word[], { verb }: Chosen): Set<string> {
  if (
    verb === null ||
    !/^(?:forced?|order(?:ed)?|compel(?:led)?|required?|obliged?|made|make)$/u.test(words[verb]?.text ?? '')
  )
    return new Set()
  const to = words.findIndex((word, at) => at > verb && word.text === 'to')
  if (to < 0) return new Set()
  const deed = words.slice(to + 1).filter((word) => isContent(word) && !timeWords.has(word.text))
  return new Set(deed.flatMap((word) => [singular(word.text), baseForm(word.text)]))
}

/** What the form of a question tells; `alone`: its subject, where nothing stands beside it. */
function formOf(
  item: WatchItem,
  words: readonly Word[],
  chosen: Chosen,
  alone: Range | null,
): Pick<Target, 'goal' | 'obliged' | 'solo'> {
  return {
    goal: goalOf(words, chosen, item),
    obliged: /\b(?:have to|must|be forced|be made|be ordered|be required)\b/iu.test(item.question),
    solo: isSolo(words, chosen, alone),
  }
}

/** Verbs after which to drop the object is to do what is asked ("hand back control of X"). */
const parting =
  /^(?:give|hand|return|drop|lift|end|cut|lose|relinquish|cede|stop|remove|take|keep|hold|have|reduce|lower|repeal|scrap|ease|abolish|ban|block|sell|buy|withdraw|leave)$/u

/** The last common noun of the verb's object, of a question whose object is not the subject itself. */
function goalOf(words: readonly Word[], { verb, verbEnd }: Chosen, item: WatchItem): Set<string> {
  if (verb === null || isPassive(words, verb) || parting.test(baseForm(words[verb]?.text ?? '')))
    return new Set()
  const own = new Set(item.subject.flatMap(partsOf))
  const last = directObject(words.slice(verbEnd)).at(-1)
  const isNoun = last?.kind === 'word' && !last.capital && isContent(last) && !own.has(last.text)
  return new Set(isNoun ? [singular(last.text)] : [])
}

/** Verbs of what takes place: who puts off the subject puts off just that. */
const occurring =
  /^(?:happen|occur|proceed|open|start|begin|commence|resume|finish|conclude|reopen|restart|complete)$/u

/** "Will X go ahead?", "Will X be built?" */
function isSolo(words: readonly Word[], { verb, extra }: Chosen, subject: Range | null): boolean {
  if (verb === null || subject === null || subject.end > verb) return false
  if (isPassive(words, verb)) return extra.some(({ verbs }) => verbs.length > 0)
  const wording = `${baseForm(words[verb]?.text ?? '')} ${words[verb + 1]?.text ?? ''}`
  return occurring.test(wording.split(' ')[0] ?? '') || /^(?:go ahead|go forward|take place)$/u.test(wording)
}

/** "Will X get a night mode?" */
function asksForGain(words: readonly Word[], verb: number | null, rest: readonly Word[]): boolean {
  return rest.some(isContent) && gaining.test(baseForm(words[verb ?? -1]?.text ?? ''))
}

/** Verbs of who gets something. */
const gaining = /^(?:get|gain|receive|have|has|include|support|offer|obtain)$/u

/** "publish an explanation of what went wrong with X" */
function standsBeside(words: readonly Word[], { verb, verbEnd }: Chosen, subject: Range | null): boolean {
  if (verb === null || subject === null || subject.start < verbEnd) return false
  return words.slice(verbEnd, subject.start).some((word) => prepositions.has(word.text))
}

/** The places that a question makes the agent of its verb. */
function actingPlacesOf(words: readonly Word[], verb: number | null): Set<string> {
  return verb === null || isPassive(words, verb) ? new Set() : placesOf(words.slice(0, verb))
}

function subjectRanges(item: WatchItem, words: readonly Word[]): Range[] {
  const percolator = createPercolator()
  percolator.add(item.id, queryOf({ ...item, context: [], about: [] }))
  const document = documentOf({ title: item.question, text: '', outlet: '' })
  const spans = percolator.match(document)[0]?.spans.filter((s) => s.role === 'subject') ?? []
  return spans
    .flatMap((span) => {
      const start = words.findIndex((w) => w.end > span.start)
      const end = words.findIndex((w) => w.start >= span.end)
      return start < 0 ? [] : [{ start, end: end < 0 ? words.length : end }]
    })
    .filter((range) => isContiguous(item, range))
}

function topicsOf(
  item: WatchItem,
  table: CueTable,
  words: readonly Word[],
  { events, verb }: Chosen,
): Pick<Target, 'topics' | 'needsAbout'> {
  const named = [...events].filter((event) => table.events[event]?.named)
  if (named.length === 0) return { topics: new Set(), needsAbout: false }
  if (item.about.length > 0) return { topics: new Set(), needsAbout: true }
  const nouns = findCues(table, words).filter(
    (hit) => hit.cue.type === 'noun' && hit.at !== verb && named.includes(hit.cue.event),
  )
  return { topics: new Set(nouns.map((hit) => hit.cue.text)), needsAbout: false }
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
    .filter(
      (w, i) =>
        w.capital && !pronouns.has(w.text) && !(subject && i + 1 >= subject.start && i + 1 < subject.end),
    )
    .map((w) => w.text)
}

/** "Acme+", unless "Acme" by itself is an alias, too. */
function plussedOf(subject: readonly string[]): Set<string> {
  const last = (alias: string): string => partsOf(alias.replace(/\+$/u, '')).at(-1) ?? ''
  const plain = new Set(subject.filter((alias) => !alias.endsWith('+')).map(last))
  const plussed = subject.filter((alias) => /[^+]\+$/u.test(alias)).map(last)
  return new Set(plussed.filter((word) => !plain.has(word)))
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
