import type { SeenEntry } from '../matching/entry.ts'
import type { Document } from '../matching/document.ts'
import type { Span } from '../matching/evaluate.ts'
import type { Claim } from './claim.ts'
import { readSentence, type Asserted } from './assertion.ts'
import { findCues } from './cues.ts'
import { readDates } from './date-claim.ts'
import { passOver } from './headline.ts'
import { sceneOf, type Scene } from './mention.ts'
import { mentionsOf } from './mentions.ts'
import type { Target } from './question.ts'
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
  for (const field of ['title', 'text'] as const) {
    const text = document[field]
    const own = spans.filter((span) => span.field === field && span.role === 'subject')
    for (const [index, sentence] of text.sentences.entries()) {
      const inside = own.filter((span) => span.start >= sentence.start && span.end <= sentence.end)
      if (inside.length === 0 && !near) continue
      const raw = text.raw.slice(sentence.start, sentence.end)
      const local = inside.map((span) => ({
        start: span.start - sentence.start,
        end: span.end - sentence.start,
      }))
      const read = readOne(raw, local, { entry, target, title: field === 'title', official })
      claims.push(...read.claims)
      remarks.push(...read.remarks)
      near = inside.length > 0 || (near && field === 'title' && index + 1 === text.sentences.length)
    }
  }
  return { claims: surest(claims), remarks: [...new Set(remarks)] }
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
  const { mentions, remarks } = mentionsOf(scene, local)
  if (mentions.length === 0) return { claims: [], remarks }
  const read = readSentence(scene, mentions, place)
  const dates = read.asserted.length > 0 ? readDates(raw, place.entry.at) : []
  return {
    claims: read.asserted.map((asserted) => bareClaim(asserted, scene, raw, dates)),
    remarks: [...remarks, ...read.remarks],
  }
}

function bareClaim(
  asserted: Asserted,
  scene: Scene,
  raw: string,
  dates: ReturnType<typeof readDates>,
): BareClaim {
  const at = scene.words[asserted.at]?.start ?? 0
  const ahead = dates.filter((d) => d.start >= at)
  const dated = ahead[0] ?? dates.at(-1)
  const window =
    asserted.signal === 'announced' || asserted.signal === 'delayed' || asserted.signal === 'rumoured'
      ? (dated?.window ?? null)
      : null
  return {
    signal: asserted.signal,
    hedged: asserted.hedged,
    window,
    quote: raw,
    begun: asserted.begun,
    because: asserted.because,
  }
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
