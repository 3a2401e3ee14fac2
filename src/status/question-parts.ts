import { chooseEvents, type Chosen } from './choose-events.ts'
import { compileKind, findCues } from './cues.ts'
import type { Kind } from './kind.ts'
import {
  adverbs,
  auxiliaries,
  conjunctions,
  determiners,
  futures,
  maybes,
  oughts,
  prepositions,
  pronouns,
  timeWords,
} from './lexicon.ts'
import { baseForm } from './own-verb.ts'
import { wordsOf, type Word } from './words.ts'

/** A word of a question, also as it is written there. */
export interface WrittenWord extends Word {
  readonly written: string
}

/** Words of a question that belong together, determiners and the like left out at the beginning. */
export type Group = readonly WrittenWord[]

/** What the words of a question are to each other, before anybody has said what it is about. */
export interface QuestionParts {
  /** The kind of question that its verb and its nouns speak for, and the verb in its base form; null where none was found. */
  readonly kind: Kind
  readonly verb: string | null
  /** What stands before the verb, who does it or what it is done to. */
  readonly before: readonly Group[]
  /** What the verb is done to; empty where it takes nothing. */
  readonly object: readonly Group[]
  /** "Which safety measures will …": what is asked for. */
  readonly asked: Group
  /** What stands behind prepositions, with the preposition. */
  readonly beside: readonly { readonly preposition: string; readonly group: Group }[]
  /** Somebody else does it to what stands before the verb. */
  readonly passive: boolean
  /** The event chosen by the verb happens to a person or thing that stands before the verb. */
  readonly undergone: boolean
  /** A claim must name what the question names. */
  readonly named: boolean
  /** Words in quotation marks or parentheses: other names, as a rule. */
  readonly asides: readonly string[]
}

const helpers = (word: Word): boolean =>
  auxiliaries.has(word.text) ||
  futures.has(word.text) ||
  maybes.has(word.text) ||
  oughts.has(word.text) ||
  adverbs.has(word.text) ||
  /^(?:be|to|ever|forced|able|going|allowed|made)$/u.test(word.text)

const opensQuestion = /^(?:will|would|does|did|do|has|have|had|can|could|is|are|was|were|should|shall)$/u
const particles = /^(?:out|up|off|down|back|away|over|through|in|on)$/u

/** Takes a question apart, in the words of the kinds that there are. Throws where there is no kind at all. */
export function partsOfQuestion(question: string, kinds: readonly Kind[]): QuestionParts {
  const asides = asidesOf(question)
  const bare = asides.reduce((text, aside) => text.replace(`(${aside})`, ' '), question)
  const text = bare.replace(/[?!.]+\s*$/u, '')
  const words = writtenWords(text)
  const opener = words.findIndex((word, at) => opensQuestion.test(word.text) && (at === 0 || !word.capital))
  const { kind, chosen } = kindOf(words, kinds)
  const verb = later(words, chosen)
  const verbAt = verb.at !== null && verb.at > opener ? verb.at : null
  const event = [...chosen.events][0] ?? -1
  const events = compileKind(chosen.kind, chosen.extra).events
  const main = { from: opener + 1, to: verbAt ?? words.length }
  const head = trimmedEnd(words.slice(main.from, main.to))
  const tail = verbAt === null ? [] : afterVerb(words, verb.end)
  const split = splitAtPrepositions(tail)
  const inHead = splitAtPrepositions(head)
  return {
    kind,
    verb: verbAt === null ? null : baseForm(words[verbAt]?.text ?? ''),
    before: groupsOf(inHead.first),
    object: groupsOf(split.first),
    asked: trimmed(
      words
        .slice(0, Math.max(0, opener))
        .filter((word) => !/^(?:when|which|what|who|whom|how|why|where|by|soon|many|much)$/u.test(word.text)),
    ),
    beside: [...inHead.beside, ...split.beside].filter(({ group }) => group.length > 0),
    passive: verbAt !== null && isPassiveAt(words, verbAt),
    undergone: events[event]?.undergone === true,
    named: events[event]?.named === true,
    asides,
  }
}

/** The words with what a point or an ampersand joins taken for one ("goo.gl", "AT&T"). */
function writtenWords(text: string): WrittenWord[] {
  const joined: WrittenWord[] = []
  for (const word of wordsOf(text)) {
    const mark = joined.at(-1)
    const before = joined.at(-2)
    const isJoint =
      mark?.kind === 'mark' &&
      /^[.&]$/u.test(mark.text) &&
      before?.end === mark.start &&
      mark.end === word.start
    if (!isJoint || word.kind === 'mark') {
      joined.push({ ...word, written: text.slice(word.start, word.end) })
      continue
    }
    joined.splice(-2)
    const written = text.slice(before.start, word.end)
    joined.push({
      ...before,
      text: written.toLowerCase(),
      end: word.end,
      written,
      possessive: word.possessive,
    })
  }
  return joined
}

const finite = /^(?:come|go|take|be|ship|arrive|start|begin|end|happen|launch|fly)$/u

/** "report on", "control of": a noun, where a verb comes after it. */
function later(
  words: readonly Word[],
  { verb, verbEnd }: Chosen,
): { readonly at: number | null; readonly end: number } {
  // "be forced to sell"
  if (
    verb !== null &&
    words[verb + 1]?.text === 'to' &&
    words[verb + 2]?.kind === 'word' &&
    isPassiveAt(words, verb)
  )
    return { at: verb + 2, end: verb + 3 }
  if (verb === null || !prepositions.has(words[verb + 1]?.text ?? '')) return { at: verb, end: verbEnd }
  const at = words.findIndex((word, place) => place > verb + 1 && finite.test(word.text) && !word.capital)
  if (at < 0) return { at: verb, end: verbEnd }
  return words[at]?.text === 'be' ? { at: at + 1, end: at + 2 } : { at, end: at + 1 }
}

function isPassiveAt(words: readonly Word[], verb: number): boolean {
  const [first, second] = [words[verb - 1]?.text ?? '', words[verb - 2]?.text ?? '']
  const be = /^(?:be|been|being|is|are|was|were)$/u
  return be.test(first) || (adverbs.has(first) && be.test(second))
}

/** The kind whose own words the question uses most, the first of those that do so equally. */
function kindOf(
  words: readonly Word[],
  kinds: readonly Kind[],
): { readonly kind: Kind; readonly chosen: Chosen } {
  const read = kinds.map((kind) => {
    const others = kinds.filter((other) => other !== kind)
    const chosen = chooseEvents(kind, words, null, others)
    return { kind, chosen, score: chosen.kind === kind ? scoreOf(kind, chosen, words) : 0 }
  })
  const best = read.reduce<(typeof read)[number] | null>(
    (one, other) => (one === null || other.score > one.score ? other : one),
    null,
  )
  if (best === null) throw new Error('there is no kind of question; config/kinds must have one')
  return best
}

function scoreOf(kind: Kind, { verb, events }: Chosen, words: readonly Word[]): number {
  if (verb === null) return 0
  const said = [baseForm(words[verb]?.text ?? ''), ...words.slice(verb + 1).map((word) => word.text)]
  const best = (wordings: readonly string[]): number =>
    Math.max(
      0,
      ...wordings
        .map((one) => one.split(' '))
        .map((one) => (one.every((part, at) => part === said[at]) ? one.length : 0)),
    )
  const chosen = [...events].flatMap((event) => kind.events[event] ?? [])
  const asked = best(chosen.flatMap((event) => event.asked))
  const isVerb = best(chosen.flatMap((event) => event.verbs)) > 0
  const nouns = findCues(compileKind(kind), words).some(
    (hit) =>
      hit.cue.type === 'noun' && hit.cue.role === 'event' && hit.at !== verb && events.has(hit.cue.event),
  )
  return (asked > 0 ? 2.5 + asked / 4 : 0) + (isVerb ? (asked > 0 ? 0.5 : 2) : 0) + (nouns ? 2 : 0)
}

function asidesOf(question: string): string[] {
  const found = question.matchAll(/\(([^()]{2,60})\)|["“]([^"“”]{2,60})["”]/gu)
  return [...found].map((match) => (match[1] ?? match[2] ?? '').trim()).filter((text) => text !== '')
}

function afterVerb(words: Group, from: number): Group {
  let at = from
  while (
    particles.test(words[at]?.text ?? '') &&
    words[at + 1] !== undefined &&
    !words[at + 1]?.capital &&
    isEnd(words, at + 1)
  )
    at += 1
  if (particles.test(words[at]?.text ?? '') && words[at + 1] === undefined) at += 1
  return words.slice(at)
}

function isEnd(words: readonly Word[], at: number): boolean {
  const word = words[at]
  return word === undefined || prepositions.has(word.text) || timeWords.has(word.text)
}

function splitAtPrepositions(words: Group): {
  readonly first: Group
  readonly beside: { readonly preposition: string; readonly group: Group }[]
} {
  const first: WrittenWord[] = []
  const beside: { preposition: string; group: WrittenWord[] }[] = []
  for (const word of words) {
    if (prepositions.has(word.text) && !word.glued && !word.capital)
      beside.push({ preposition: word.text, group: [] })
    else (beside.at(-1)?.group ?? first).push(word)
  }
  return {
    first,
    beside: beside.map(({ preposition, group }) => ({ preposition, group: untilTime(trimmed(group)) })),
  }
}

/** Parts of one group that "and" or a comma joins ("OpenAI and Jony Ive"). */
function groupsOf(words: Group): Group[] {
  const groups: WrittenWord[][] = [[]]
  for (const word of words) {
    if (word.kind === 'mark' || conjunctions.has(word.text)) groups.push([])
    else groups.at(-1)?.push(word)
  }
  return groups
    .map((group) => untilTime(trimmed(group)))
    .filter((group) => group.some((word) => word.capital || !pronouns.has(word.text)))
}

/** Without determiners and helpers at the beginning. */
function trimmed(words: Group): Group {
  const from = words.findIndex(
    (word) => word.capital || word.kind === 'number' || !(determiners.has(word.text) || helpers(word)),
  )
  return from < 0 ? [] : words.slice(from)
}

function trimmedEnd(words: Group): Group {
  let end = words.length
  for (let last = words[end - 1]; last !== undefined && !last.capital && helpers(last); last = words[end - 1])
    end -= 1
  return words.slice(0, end)
}

/** "release it this year", "before Christmas": from a word of time on nothing is named. */
function untilTime(group: Group): Group {
  const end = group.findIndex(
    (word, at) => at > 0 && timeWords.has(word.text) && !group[at - 1]?.capital && !word.glued,
  )
  const cut = end < 0 ? group : group.slice(0, end)
  return trimmedEnd(cut)
}
