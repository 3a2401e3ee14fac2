import type { SeenEntry } from '../matching/entry.ts'
import type { Document } from '../matching/document.ts'
import type { Span } from '../matching/evaluate.ts'
import type { Claim, DateWindow } from './claim.ts'
import type { Asserted } from './asserted.ts'
import { readSentence } from './assertion.ts'
import { findCues } from './cues.ts'
import { readDates, type DatedSpan } from './date-claim.ts'
import { passOver } from './headline.ts'
import { conclusion, readFindings } from './findings.ts'
import { isVerb, sceneOf, type Scene } from './mention.ts'
import { mentionsOf } from './mentions.ts'
import type { Target } from './question.ts'
import { countsAnother } from './version.ts'
import { wordsOf } from './words.ts'

/** A claim as the entry alone gives it: what grade and story it has, the judge adds. */
export interface BareClaim {
  readonly signal: Claim['signal']
  readonly hedged: boolean
  readonly window: Claim['window']
  readonly quote: string
  /** A step was taken, more than a promise repeated. */
  readonly begun: boolean
  /** Which words said so, for `explain`. */
  readonly because: string
}

/** What an entry says about a question, and why the rest of it says nothing. */
export interface EntryClaims {
  readonly claims: readonly BareClaim[]
  readonly remarks: readonly string[]
}

/**
 * What is longer is no sentence (a list of words, a page without full stops), and one with many names and verbs costs
 * time by the square of its length. A title that was cut is not longer. In characters.
 */
const longestSentence = 2100
/** Of all sentences of an entry about a subject so many characters are read: a book is no news. */
const mostRead = 40_000

/** Reads the claims of an entry about a question, the surest of each signal. */
export function readClaims(
  entry: SeenEntry,
  document: Document,
  spans: readonly Span[],
  target: Target,
  official: boolean,
): EntryClaims {
  const claims: BareClaim[] = []
  const remarks: string[] = []
  const reason = passOver(entry, official)
  if (reason !== null) return { claims, remarks: [reason] }
  let near = false
  let left = mostRead
  for (const field of ['title', 'text'] as const) {
    const text = document[field]
    const own = spans.filter((span) => span.field === field && span.role === 'subject')
    for (const [index, sentence] of text.sentences.entries()) {
      const inside = own.filter((span) => span.start >= sentence.start && span.end <= sentence.end)
      if (inside.length === 0 && !near) continue
      const length = sentence.end - sentence.start
      if (length > longestSentence) {
        remarks.push('a sentence that is too long for one')
        continue
      }
      if (length > left) {
        remarks.push('the rest of it, which is too long for news')
        break
      }
      left -= length
      const raw = text.raw.slice(sentence.start, sentence.end)
      const local = inside.map((span) => ({
        start: span.start - sentence.start,
        end: span.end - sentence.start,
      }))
      const read = readOne(raw, local, { entry, target, title: field === 'title', official })
      const named = isNamed(document, spans, target, { field, sentence, raw })
      // Under a title that names it, another sentence may tell how it stands; that it came about is the maker's to say so.
      const kept = read.claims.filter(
        (claim) =>
          named === 'here' ||
          claim.because === conclusion ||
          (named !== null && (official || claim.signal !== 'happened')),
      )
      if (kept.length < read.claims.length) remarks.push('it does not name what the question asks about')
      claims.push(...kept)
      remarks.push(...read.remarks)
      near = inside.length > 0 || (near && field === 'title' && index + 1 === text.sentences.length)
    }
  }
  const denied = isContested(document)
  const isPutOff = claims.some(
    ({ signal, quote }) => signal === 'delayed' && document.title.raw.includes(quote),
  )
  const weighed = denied ? claims.map((claim) => ({ ...claim, hedged: true })) : claims
  // Under a title that says not yet, "won't" in the text says the same.
  const told = isPutOff ? weighed.filter(({ signal }) => signal !== 'cancelled') : weighed
  return { claims: surest(told), remarks: [...new Set(remarks)] }
}

/** Whether the entry also tells that somebody says it is not so. */
function isContested(document: Document): boolean {
  return document.text.sentences.some((sentence) =>
    contesting.test(document.text.raw.slice(sentence.start, sentence.end).toLowerCase()),
  )
}

const contesting =
  /\b(?:den(?:y|ies|ied) (?:it|that|this|the|any|such|these|those|reports?|rumou?rs?|claims?)\b(?! (?:request|motion|bid|appeal|petition|application|access))|(?:is|are|was|were) (?:false|untrue|not true|inaccurate)\b|no truth to|refuted (?:the|these|those) (?:report|claim|rumou?r))/u

interface Sentenced {
  readonly field: 'title' | 'text'
  readonly sentence: { readonly start: number; readonly end: number }
  readonly raw: string
}

/** Whether a sentence names what the question asks about, or the title above it does. */
function isNamed(
  document: Document,
  spans: readonly Span[],
  target: Target,
  { field, sentence, raw }: Sentenced,
): 'here' | 'above' | null {
  if (target.needsAbout) {
    const about = spans.filter((span) => span.role === 'about' && !isMissing(document, span))
    if (about.some((s) => s.field === field && s.start >= sentence.start && s.end <= sentence.end))
      return 'here'
    return about.some((s) => s.field === 'title') ? 'above' : null
  }
  if (target.topics.size === 0) return 'here'
  const names = (text: string): boolean =>
    findCues(target.table, wordsOf(text)).some(
      (hit) => hit.cue.type === 'noun' && target.topics.has(hit.cue.text),
    )
  if (names(raw)) return 'here'
  return names(document.title.raw) ? 'above' : null
}

/** "without a safety report": what is not there. */
function isMissing(document: Document, { field, start }: Span): boolean {
  const before = document[field].raw.slice(Math.max(0, start - 40), start)
  return /\b(?:without|minus|lack(?:s|ing)?|missing|despite no|instead of)(?: (?:a|an|any|its|the|of|proper|promised|detailed|full)){0,3} $/iu.test(
    before,
  )
}

interface Place {
  readonly entry: SeenEntry
  readonly target: Target
  readonly title: boolean
  readonly official: boolean
}

function readOne(raw: string, local: readonly { start: number; end: number }[], place: Place): EntryClaims {
  const words = wordsOf(raw)
  const scene: Scene = sceneOf(words, findCues(place.target.table, words), place.target)
  if (countsAnother(scene)) return { claims: [], remarks: ['about another one of the row'] }
  const { mentions, remarks } = mentionsOf(scene, local)
  const findings = readFindings(scene, place, local.length > 0)
  if (mentions.length === 0 && findings.length === 0) return { claims: [], remarks }
  const read = readSentence(scene, mentions, place)
  const told = [...findings, ...read.asserted]
  const { at } = place.entry
  const dates = told.length > 0 ? readDates(raw, at).filter((date) => !isSince(raw, date.start)) : []
  return {
    claims: told.map((asserted) => bareClaim(asserted, scene, raw, { dates, at })),
    remarks: [...remarks, ...read.remarks],
  }
}

/** "for the first time in two years", "the biggest cut in a decade": how long it has been. */
function isSince(raw: string, start: number): boolean {
  const before = raw.slice(Math.max(0, start - 40), start)
  return (
    /\b(?:time|first|last|(?:bigg|larg|high|low|long|short|strong|weak|fast|deep|steep|great|small|new|old)est|best|worst|most|least|only)\b(?: [\p{L}-]+){0,3} ?(?:in|for)? ?$/iu.test(
      before,
    ) &&
    /^(?:in |for )?(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|\d+|nearly|almost|over|more than|several|many) /iu.test(
      raw.slice(start),
    )
  )
}

/** A claim with the date that its verb speaks of. What is said to come on a later day has not happened yet. */
function bareClaim(asserted: Asserted, scene: Scene, raw: string, { dates, at }: Dated): BareClaim {
  const window = dateOf(asserted, scene, dates)
  const dated = asserted.signal === 'happened' || asserted.signal === 'cancelled' ? null : usable(window, at)
  const claim = { hedged: asserted.hedged, quote: raw, begun: asserted.begun, because: asserted.because }
  if (
    asserted.signal === 'happened' &&
    isAhead(window, at) &&
    !(asserted.past && (weekdays.test(window?.text ?? '') || standsBefore(window, asserted, scene, dates)))
  )
    return { ...claim, signal: 'announced', window }
  return { ...claim, signal: asserted.signal, window: dated }
}

/** "Following a test in December, Acme has launched X": the day of something else. */
function standsBefore(
  window: DateWindow | null,
  { at }: Asserted,
  { words }: Scene,
  dates: readonly DatedSpan[],
): boolean {
  return dates.some((date) => date.window === window && date.end <= (words[at]?.start ?? 0))
}

const weekdays = /(?:mon|tues|wednes|thurs|fri|satur|sun)day/iu

interface Dated {
  readonly dates: readonly DatedSpan[]
  readonly at: Date
}

/** The date that stands with a verb: the next after it before another verb, else the last before it after another. */
function dateOf(asserted: Asserted, scene: Scene, dates: readonly DatedSpan[]): DateWindow | null {
  const { words } = scene
  const start = words[asserted.at]?.start ?? 0
  const next = words.findIndex(
    (_, i) => i >= Math.max(asserted.at + 2, asserted.end) && isVerb(scene, i) && isOther(scene, i),
  )
  const end = next < 0 ? Infinity : (words[next]?.start ?? Infinity)
  const after = dates.find((date) => date.start >= start && date.start < end)
  if (after) return after.window
  const before = words.findLastIndex(
    (_, i) => i < asserted.at - 1 && scene.verbsAt.has(i) && isVerb(scene, i),
  )
  const from = before < 0 ? 0 : (words[before]?.end ?? 0)
  return dates.findLast((date) => date.end <= start && date.start >= from)?.window ?? null
}

/** A verb that begins something else, not an auxiliary of a date ("until it is ready"). */
function isOther(scene: Scene, at: number): boolean {
  const text = scene.words[at]?.text ?? ''
  return !/^(be|been|being|have|has|had|set|expected|said|says|back|off|up|down|out)$/u.test(text)
}

/** A promised date lies ahead; one that is over, or the day of the report, is when it was said. */
function usable(window: DateWindow | null, at: Date): DateWindow | null {
  if (window?.to == null) return window
  const day = at.toISOString().slice(0, 10)
  if (window.to < day) return null
  return window.to === day && window.from === day && !/today|tonight/iu.test(window.text) ? null : window
}

function isAhead(window: DateWindow | null, at: Date): boolean {
  return window?.from != null && window.from > at.toISOString().slice(0, 10)
}

/** For each signal the first unhedged claim, else the first; a dated one before one without a date. */
function surest(claims: readonly BareClaim[]): BareClaim[] {
  const best = new Map<string, BareClaim>()
  for (const claim of claims) {
    const key = claim.signal ?? 'date'
    const rival = best.get(key)
    const better =
      !rival ||
      (rival.hedged && !claim.hedged) ||
      (rival.hedged === claim.hedged && !rival.window && claim.window)
    if (better) best.set(key, claim)
  }
  return [...best.values()]
}
