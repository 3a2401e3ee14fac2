import type { Kind } from './kind.ts'
import { institutions, offices, places, timeWords } from './lexicon.ts'
import { partsOfQuestion, type Group, type QuestionParts } from './question-parts.ts'

/** Something proposed, and why, for people. */
export interface Proposed {
  readonly value: string
  readonly reason: string
}

/** What a question is about, as its own words tell. */
export interface ProposedWords {
  readonly subject: readonly Proposed[]
  readonly context: readonly Proposed[]
  readonly about: readonly Proposed[]
  readonly kind: Proposed
  /** Names of those who act or own: whose own word may settle the question. */
  readonly makers: readonly string[]
}

/** Verbs whose object says what becomes of who does it, rather than what it is done to. */
const staysWithAgent =
  /^(?:become|leave|join|quit|lose|win|beat|reach|enter|survive|remain|stay|keep|turn|return|have|be|resign|merge)$/u

/** The same, where the object has no name of its own ("recall its rockets"). */
const mayStayWithAgent =
  /^(?:get|go|adopt|use|support|drop|fix|patch|recall|explain|disclose|admit|check|require|file|raise|pay|hire|charge)$/u

/** No question is longer; a longer one costs time by the square of its length. In characters. */
const longestQuestion = 1000

/**
 * Proposes the words of a watch item from its question alone, the beginning of one that is too long. Throws where there is
 * no kind at all.
 */
export function proposeWords(question: string, kinds: readonly Kind[]): ProposedWords {
  const parts = partsOfQuestion(question.slice(0, longestQuestion), kinds)
  const chosen = choose(parts)
  const subject = distinct([...chosen.subject, ...asideNames(parts)])
  const known = new Set(subject.map(({ value }) => value.toLowerCase()))
  const others = distinct(chosen.context).filter(({ value }) => !known.has(value.toLowerCase()))
  const makers = [
    ...new Set([...others, ...subject].map(({ value }) => value).filter((value) => /^\p{Lu}/u.test(value))),
  ]
  return {
    subject,
    context: subject.every(({ value }) => isDistinct(value)) ? [] : others,
    about: distinct(chosen.about).filter(({ value }) => !known.has(value.toLowerCase())),
    kind: { value: parts.kind.id, reason: kindReason(parts) },
    makers,
  }
}

interface Choice {
  readonly subject: Proposed[]
  readonly context: Proposed[]
  readonly about: Proposed[]
}

function choose(parts: QuestionParts): Choice {
  const { before, object, asked, beside } = parts
  const target = beside.find(
    ({ preposition, group }) => /^(?:for|of|in|on)$/u.test(preposition) && hasName(group),
  )
  const around = beside.flatMap(({ group }) => namesOf(group)).map(asContext('the question names it'))
  const doers = before.flatMap((group) => [...ownersOf(group), ...namesOf(group)])
  const agents = doers.map(asContext('the question says who is to do it'))
  if (asked.length > 0) return ofAsked(parts, target?.group ?? null, agents)
  const isOwn = asksOfAgent(parts)
  if (isOwn) return ofAgent(parts, around)
  if (parts.named && target !== undefined) return ofNamed(object, target.group, agents)
  const of = beside.find(({ preposition, group }) => preposition === 'of' && hasName(group))
  const asksOf = of !== undefined && !object.some(hasName) ? [of.group] : object
  const named = asksOf.flatMap((group) => aliasesOf(group, 'it is what the question asks for'))
  const owners = object.flatMap(ownersOf).map(asContext('it is theirs'))
  const besides = object.flatMap((group) => placesIn(group)).map(asContext('the question names it'))
  return { subject: named, context: [...agents, ...owners, ...besides, ...around], about: [] }
}

/** Whether the question is about who stands before the verb, not about what it is done to. */
function asksOfAgent({ verb, object, passive, undergone, before }: QuestionParts): boolean {
  if (object.length === 0 || passive || undergone || staysWithAgent.test(verb ?? '')) return true
  return mayStayWithAgent.test(verb ?? '') && before.some(hasName) && !object.some(hasName)
}

/** "Which safety measures will Acme publish for its falcon?" */
function ofAsked(parts: QuestionParts, target: Group | null, agents: readonly Proposed[]): Choice {
  const about = [proposed(textOf(parts.asked), 'the question asks which of these')]
  const rest = parts.beside.map(({ group }) => group).find((group) => group.length > 0)
  const subject = target ?? rest
  if (subject !== undefined)
    return { subject: aliasesOf(subject, 'the question asks it of this'), context: [...agents], about }
  return {
    subject: parts.before.flatMap((group) => aliasesOf(group, 'the question asks it of this')),
    context: [],
    about,
  }
}

/** "Will Acme publish a safety report for Falcon 3?" */
function ofNamed(object: readonly Group[], target: Group, agents: readonly Proposed[]): Choice {
  return {
    subject: aliasesOf(target, 'it is what the question asks something for'),
    context: [...agents],
    about: object.map((group) => proposed(headOf(group), 'the question asks for this')),
  }
}

/** "When will Falcon 3 come out?", "Will the head of Acme resign?", "Will Acme recall its rockets?" */
function ofAgent({ before, object, beside }: QuestionParts, around: readonly Proposed[]): Choice {
  const about = object.map((group) => proposed(headOf(group), 'the question names it beside the subject'))
  const owned = before.find((group) => ownersOf(group).length > 0)
  const owners = owned === undefined ? [] : ownersOf(owned)
  const rest = owned === undefined ? [] : owned.slice(owned.findLastIndex((word) => word.possessive) + 1)
  if (owners.length > 0 && !hasName(rest) && rest.length < 3)
    return {
      subject: owners.map((name) => proposed(name, 'the question is about what is theirs')),
      context: [],
      about: [
        ...(rest.length === 0 ? [] : [proposed(textOf(rest), 'the question is about this side of it')]),
        ...about,
      ],
    }
  const of = beside.find(({ preposition, group }) => preposition === 'of' && hasName(group))
  const asksOf = of !== undefined && !before.some(hasName) ? [of.group] : before
  const subject = asksOf.flatMap((group) => aliasesOf(afterOffice(group), 'the question is about it'))
  const context = [
    ...owners.map(asContext('it is theirs')),
    ...before.flatMap(placesIn).map(asContext('the question names it')),
    ...around,
  ]
  if (subject.length > 0) return { subject, context, about }
  const fallback = [...object, ...beside.map(({ group }) => group)].flatMap((group) =>
    aliasesOf(group, 'the question names it'),
  )
  return { subject: fallback, context: [], about: [] }
}

const asContext =
  (reason: string) =>
  (value: string): Proposed => ({ value, reason })

function proposed(value: string, reason: string): Proposed {
  return { value, reason }
}

/** The names in a group of words, else the words themselves: a place or institution beside other words names nothing alone. */
function aliasesOf(group: Group, reason: string): Proposed[] {
  const own = group.slice(group.findLastIndex((word) => word.possessive) + 1)
  const telling = own.length > 0 ? own : group
  const names = namesOf(telling).filter(
    (name) =>
      !isPlace(name) &&
      !institutions.has(name.toLowerCase()) &&
      !(isShortForm(name) && telling.some((word) => !/\p{Lu}/u.test(word.written))),
  )
  if (names.length > 0) return names.map((name) => proposed(name, reason))
  const others = telling.filter((word) => !(word.capital && isPlace(word.text)))
  const words = others.length > 0 ? others : telling
  return words.length === 0 ? [] : [proposed(headOf(words), reason)]
}

/** "AI", "ID": beside other words they say what kind of thing it is, and name nothing. */
function isShortForm(name: string): boolean {
  return /^\p{Lu}{2,3}$/u.test(name)
}

/** "Acme chief executive Jo Falcon": the person. */
function afterOffice(group: Group): Group {
  const office = group.findLastIndex((word) => offices.has(word.text) || word.text === 'executive')
  const after = group.slice(office + 1)
  return office >= 0 && hasName(after) ? after : group
}

/** The last words of a group: the noun and what stands right before it. */
function headOf(group: Group): string {
  const own = group.slice(group.findLastIndex((word) => word.possessive) + 1)
  const words = own.length > 0 ? own : group
  // a hyphen joins: "open-weight model" is two words here
  let from = words.length
  let count = 0
  while (from > 0 && count < 3) {
    from -= 1
    if (words[from]?.glued !== true) count += 1
  }
  return textOf(words.slice(from))
}

/** Runs of capitalised words and numbers, the number of a version with them ("Falcon 3", "iOS 26", "Half-Life 3"). */
function namesOf(group: Group): string[] {
  const runs: { from: number; to: number }[] = []
  for (const [at, word] of group.entries()) {
    const last = runs.at(-1)
    const joins = last?.to === at && !(group[at - 1]?.possessive ?? false)
    if (isNameWord(word) || (joins && (word.kind === 'number' || word.glued))) {
      if (joins) last.to = at + 1
      else runs.push({ from: at, to: at + 1 })
    }
  }
  return runs
    .map(({ from, to }) => textOf(group.slice(from, to)))
    .filter((name) => /\p{L}/u.test(name) && !timeWords.has(name.split(' ')[0]?.toLowerCase() ?? ''))
}

/** "OpenAI", "iOS", "o3", "gpt4": capitals anywhere, or letters and digits together. */
function isNameWord({ kind, text, written }: Group[number]): boolean {
  return kind !== 'mark' && (/\p{Lu}/u.test(written) || (/\d/u.test(text) && /\p{L}/u.test(text)))
}

function hasName(group: Group): boolean {
  return namesOf(group).some((name) => !isPlace(name))
}

function placesIn(group: Group): string[] {
  return namesOf(group).filter((name) => isPlace(name) || institutions.has(name.toLowerCase()))
}

function isPlace(name: string): boolean {
  return (
    places.has(name.toLowerCase()) ||
    places.has(name.toLowerCase().replaceAll(' ', '-')) ||
    /^united states$/iu.test(name)
  )
}

/** "Samsung's new phone": Samsung. */
function ownersOf(group: Group): string[] {
  const last = group.findLastIndex((word) => word.possessive)
  return last < 0 ? [] : namesOf(group.slice(0, last + 1))
}

function asideNames({ asides }: QuestionParts): Proposed[] {
  return asides
    .filter((aside) => aside.split(/\s+/u).length <= 4)
    .map((aside) => proposed(aside, 'the question gives it as another name'))
}

/** A group as it is written, without the possessive ending of its last word. */
function textOf(group: Group): string {
  let text = ''
  for (const [at, word] of group.entries()) {
    const gap = at === 0 ? '' : word.glued ? '-' : ' '
    text += gap + word.written.replace(/['’]s$/u, '')
  }
  return text
}

/** A name that hardly means anything else: several words, or a version number. */
function isDistinct(value: string): boolean {
  return /\d/u.test(value) || (/\s/u.test(value) && /^\p{Lu}.*\s\p{Lu}/u.test(value))
}

function distinct(all: readonly Proposed[]): Proposed[] {
  return [
    ...new Map(
      all
        .filter(({ value }) => value !== '' && !offices.has(value.toLowerCase()))
        .map((one) => [one.value.toLowerCase(), one]),
    ).values(),
  ]
}

function kindReason({ kind, verb }: QuestionParts): string {
  const what =
    kind.description === '' ? kind.id : kind.description.charAt(0).toLowerCase() + kind.description.slice(1)
  return verb === null
    ? `no word of the question tells, and this is the usual one: ${what}`
    : `the question asks for “${verb}”: ${what}`
}
