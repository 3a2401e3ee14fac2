import { singular, verbForms, type VerbForm } from './inflect.ts'
import type { Cues, Kind, KindEvent } from './kind.ts'
import { prepositions, timeWords } from './lexicon.ts'
import type { Word } from './words.ts'

/** What a cue signals: that the event came, that it was set going, or a status of its own. */
export type CueRole = 'event' | 'begun' | 'fulfilled' | 'announced' | 'rumoured' | 'delayed' | 'cancelled'

/** A word or wording of a kind, ready to be found. */
export interface Cue {
  readonly role: CueRole
  /** Place of its event in the kind; -1 where it belongs to none. */
  readonly event: number
  readonly type: 'verb' | 'noun'
  /** As the kind writes it. */
  readonly text: string
  /** Words after the first. */
  readonly rest: readonly string[]
  /** The rest may stand apart from the first word ("push the launch back"). */
  readonly separable: boolean
  readonly forms: readonly VerbForm[]
  /** What the subject does itself, where others do the rest to it. */
  readonly own?: true
}

/** A fixed wording around the subject. */
export interface Phrase {
  readonly role: CueRole
  readonly event: number
  /** It must be a whole title. */
  readonly heading: boolean
  readonly text: string
  readonly before: readonly Element[]
  readonly after: readonly Element[]
}

interface Element {
  readonly words: ReadonlySet<string>
  readonly optional: boolean
}

/** The vocabulary of a kind, indexed by first word. */
export interface CueTable {
  readonly events: readonly KindEvent[]
  readonly byFirst: ReadonlyMap<string, readonly Cue[]>
  readonly phrases: readonly Phrase[]
  /** Words with which a wording goes on after the subject. */
  readonly continuations: ReadonlySet<string>
  readonly matters: ReadonlySet<string>
  readonly companions: ReadonlySet<string>
  readonly bystanders: ReadonlySet<string>
}

/** A cue found in a sentence: words [at, end), apart particles not counted in. */
export interface Hit {
  readonly cue: Cue
  readonly at: number
  readonly end: number
}

const particles = new Set('up out off back down in over away through aside ahead available public'.split(' '))

const compiled = new WeakMap<Kind, CueTable>()

/**
 * Makes the vocabulary of a kind ready, once for all questions of that kind; `extra` adds events that a question brings along,
 * which have verbs and nouns alone.
 */
export function compileKind(kind: Kind, extra: readonly KindEvent[] = []): CueTable {
  const table = compiled.get(kind) ?? compile(kind)
  compiled.set(kind, table)
  return extra.length === 0 ? table : extended(table, extra)
}

function extended(table: CueTable, extra: readonly KindEvent[]): CueTable {
  const byFirst = new Map(table.byFirst)
  for (const [place, event] of extra.entries()) {
    for (const verb of event.verbs) addVerb(byFirst, verb, 'event', table.events.length + place)
    for (const noun of event.nouns) addNoun(byFirst, noun, 'event', table.events.length + place)
  }
  return { ...table, events: [...table.events, ...extra], byFirst }
}

function compile(kind: Kind): CueTable {
  const byFirst: CueIndex = new Map()
  const phrases: Phrase[] = []
  const { events } = kind
  const add = (cues: Cues, role: CueRole, event: number): void => {
    for (const verb of cues.verbs) addVerb(byFirst, verb, role, event)
    for (const noun of cues.nouns) addNoun(byFirst, noun, role, event)
    for (const phrase of cues.phrases) phrases.push(compilePhrase(phrase, role, event))
  }
  for (const [index, event] of events.entries()) {
    add(event, 'event', index)
    for (const heading of event.headings) {
      phrases.push({ ...compilePhrase(heading, 'event', index), heading: true })
    }
    add(event.begun, 'begun', index)
    add(event.undone, 'cancelled', index)
    for (const verb of event.own) addVerb(byFirst, verb, 'event', index, true)
  }
  for (const role of ['fulfilled', 'announced', 'rumoured', 'delayed', 'cancelled'] as const)
    add(kind[role], role, -1)
  return {
    events,
    byFirst,
    phrases,
    continuations: new Set(phrases.flatMap((phrase) => [...(phrase.after[0]?.words ?? [])])),
    matters: new Set(kind.matters),
    companions: new Set([...kind.companions, ...kind.matters]),
    bystanders: new Set(kind.bystanders),
  }
}

type CueIndex = Map<string, readonly Cue[]>

function push(index: CueIndex, first: string, cue: Cue): void {
  index.set(first, [...(index.get(first) ?? []), cue])
}

function addVerb(index: CueIndex, text: string, role: CueRole, event: number, isOwn = false): void {
  if (/^\w+-\w+$/u.test(text)) {
    addCompoundVerb(index, text, role, event)
    return
  }
  const [head = '', ...parts] = partsOf(text)
  const isApart = parts[0] === '*'
  const rest = isApart ? parts.slice(1) : parts
  const separable = isApart || (rest.length === 1 && particles.has(rest[0] ?? ''))
  const own = isOwn ? { own: true as const } : {}
  for (const [first, forms] of verbForms(head)) {
    push(index, first, { role, event, type: 'verb', text, rest, separable, forms, ...own })
  }
}

/** "open-source": the second half is inflected. */
function addCompoundVerb(index: CueIndex, text: string, role: CueRole, event: number): void {
  const [first = '', second = ''] = partsOf(text)
  // The longest form first: "sources" also looks like a plural of "source".
  for (const [form, forms] of [...verbForms(second)].sort(([a], [b]) => b.length - a.length)) {
    push(index, first, { role, event, type: 'verb', text, rest: [form], separable: false, forms })
  }
}

function addNoun(index: CueIndex, text: string, role: CueRole, event: number): void {
  const [head = '', ...rest] = partsOf(text)
  const cue: Cue = { role, event, type: 'noun', text, rest, separable: false, forms: [] }
  push(index, head, cue)
  const last = rest.at(-1) ?? head
  if (last.endsWith('s') && rest.length === 0) return
  const plural = last.endsWith('y') && !/[aeiou]y$/u.test(last) ? `${last.slice(0, -1)}ies` : `${last}s`
  if (rest.length === 0) push(index, plural, cue)
  else push(index, head, { ...cue, rest: [...rest.slice(0, -1), plural] })
}

/** A wording's words as `wordsOf` would find them: hyphens part words. */
export function partsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[\s-]+/u)
    .filter(Boolean)
}

function compilePhrase(text: string, role: CueRole, event: number): Phrase {
  const parts = text.toLowerCase().split(/\s+/u)
  const star = parts.indexOf('*')
  const element = (part: string): Element => {
    const optional = part.endsWith('?')
    return { words: new Set((optional ? part.slice(0, -1) : part).split('|')), optional }
  }
  const before = star < 0 ? [] : parts.slice(0, star).map(element)
  const after = (star < 0 ? parts : parts.slice(star + 1)).map(element)
  return { role, event, heading: false, text, before, after }
}

/** Finds the verbs and nouns of a kind in a sentence, the longest at each place for each role. */
export function findCues(table: CueTable, words: readonly Word[]): Hit[] {
  const hits: Hit[] = []
  for (const [at, word] of words.entries()) {
    for (const cue of table.byFirst.get(word.text) ?? []) {
      const end = matchRest(cue, words, at)
      if (end === 0) continue
      const same = hits.findIndex(
        (hit) =>
          hit.at === at &&
          hit.cue.type === cue.type &&
          hit.cue.role === cue.role &&
          hit.cue.event === cue.event,
      )
      const rival = hits[same]
      if (!rival) hits.push({ cue, at, end })
      else if (isLonger(cue, end, rival)) hits[same] = { cue, at, end }
    }
  }
  return hits
}

function isLonger(cue: Cue, end: number, rival: Hit): boolean {
  const more = cue.rest.length - rival.cue.rest.length
  return more > 0 || (more === 0 && end > rival.end)
}

/** The end of the cue that begins at `at`, 0 where it does not. */
function matchRest(cue: Cue, words: readonly Word[], at: number): number {
  if (cue.rest.length === 0) return at + 1
  return cue.separable ? matchApart(cue, words, at) : matchWords(cue, words, at)
}

/** "push … back", "put … on hold": the rest may stand up to eight words off; then the cue is its verb alone. */
function matchApart(cue: Cue, words: readonly Word[], at: number): number {
  // "invest … in X": what the wording is about stands behind it, not within
  const leadsOn = prepositions.has(cue.rest.at(-1) ?? '') && cue.text.includes('*')
  for (let i = at + 1; i < Math.min(words.length, at + 12); i += 1) {
    const end = matchParts(cue.rest, words, i)
    if (end > 0) return i === at + 1 || leadsOn ? end : governs(cue, words[end]) ? 0 : at + 1
    if (words[i]?.kind === 'mark' && !/^[$€£%&]$/u.test(words[i]?.text ?? '')) return 0
  }
  return 0
}

/** "kick a hole in its profits": apart from its verb, a particle that is a preposition as often has nothing behind it. */
function governs({ rest }: Cue, next: Word | undefined): boolean {
  return rest.length === 1 && /^(?:in|over|through)$/u.test(rest[0] ?? '') && next?.kind === 'word'
}

/** The end of the words of a cue that stand at `from`, articles between them passed over ("down the road"); 0 where they do not. */
function matchParts(parts: readonly string[], words: readonly Word[], from: number): number {
  let i = from
  for (const [n, part] of parts.entries()) {
    if (n > 0 && !isWord(words[i], part) && /^(?:the|a|an|its)$/u.test(words[i]?.text ?? '')) i += 1
    if (!isWord(words[i], part)) return 0
    i += 1
  }
  return i
}

/** The words of a cue in order, each with at most one other before it ("files for voluntary bankruptcy"). */
function matchWords(cue: Cue, words: readonly Word[], at: number): number {
  let i = at + 1
  for (const part of cue.rest) {
    if (!isWord(words[i], part) && !namesOther.test(words[i]?.text ?? '')) i += 1
    if (words[i - 1]?.kind === 'mark' || !isWord(words[i], part)) return 0
    i += 1
  }
  return i
}

/** "announces release date of": what another noun follows is not the wording. */
const namesOther =
  /^(?:not|never|no|without|against|dates?|windows?|plans?|delays?|trailers?|notes?|schedule|party|event|talks|upcoming|imminent|forthcoming|planned|proposed)$/u

function isWord(word: Word | undefined, text: string): boolean {
  if (word === undefined) return false
  if (text === '<date>') return timeWords.has(word.text) || /^(?:19|20)\d\d$/u.test(word.text)
  return word.text === text || singular(word.text) === text
}

/** The end of the elements that stand at `at` (end exclusive), or null. */
export function matchForward(
  elements: readonly Element[],
  words: readonly Word[],
  at: number,
): number | null {
  const [element, ...rest] = elements
  if (!element) return at
  const without = element.optional ? matchForward(rest, words, at) : null
  if (without !== null && element.words.has('_')) return without
  const end = pastFillers(element, words, at)
  const taken = end === null ? null : matchForward(rest, words, end)
  return taken ?? without
}

/** Adverbs that a wording may have between its words without another meaning. */
const fillers = new Set(
  'now finally officially just today also formally currently already at last reportedly apparently'.split(
    ' ',
  ),
)

/** The end of an element at a word, or behind adverbs there; null where it is not. */
function pastFillers(element: Element, words: readonly Word[], from: number): number | null {
  for (let i = from; i <= from + 2; i += 1) {
    const text = words[i]?.text
    if (text === undefined) return null
    const end = endOf(element, words, i)
    if (end !== null) return end
    if (!fillers.has(text)) return null
  }
  return null
}

/** The end of an element right at a word: one word, any, one of time, or several that hyphens join ("go-ahead"). */
function endOf({ words: some }: Element, words: readonly Word[], at: number): number | null {
  const word = words[at]
  const next = words[at + 1]
  if (word === undefined) return null
  if (some.has('_') && word.kind !== 'mark') return at + 1
  if (next?.glued === true && some.has(`${word.text}-${next.text}`)) return at + 2
  return some.has(word.text) || (some.has('<date>') && isWord(word, '<date>')) ? at + 1 : null
}

/** The start of the elements that end before `end`, or null. */
export function matchBackward(
  elements: readonly Element[],
  words: readonly Word[],
  end: number,
): number | null {
  let i = end
  for (const element of elements.toReversed()) {
    const text = words[i - 1]?.text
    const compound = words[i - 1]?.glued ? `${words[i - 2]?.text ?? ''}-${text ?? ''}` : null
    if (compound !== null && element.words.has(compound)) i -= 2
    else if (text !== undefined && element.words.has(text)) i -= 1
    else if (!element.optional) return null
  }
  return i
}
