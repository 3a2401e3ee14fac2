import { momentText } from '../report/people-time.ts'
import { clip, oneLine } from '../report/plain.ts'
import { safeUrl } from '../report/safe-url.ts'
import { certaintyWords } from '../report/status-words.ts'
import { isItemAlert, type Alert, type AlertEvidence, type AlertKind } from './alert.ts'
import {
  evidenceOf,
  explanation,
  feedLines,
  headline,
  originsText,
  slippageOf,
  subjectMatter,
} from './alert-words.ts'
import type { ActionLink, SendOptions } from './channels/channel.ts'
import { toneOf, toneSymbol, type Tone } from './tone.ts'

/** What people can do about an alert by following a link. */
export type Actions = SendOptions['actions']

/** No links: where openwatch cannot be reached from outside. */
export const noActions: Actions = () => []

/** The sentence that proves an alert. */
export interface QuoteParts {
  /** Verbatim, without quotation marks. */
  readonly text: string
  readonly outlet: string
  /** An http(s) address, or null where the feed gave none that is safe to follow. */
  readonly url: string | null
  /** What stands behind the outlet: time, certainty, how many origins, who else said so. */
  readonly notes: readonly string[]
}

/**
 * The content of an alert for a channel to lay out. Every text is one line without control characters, not yet
 * escaped for any markup, and of bounded length; every address is http(s).
 */
export interface AlertParts {
  readonly kind: AlertKind
  readonly tone: Tone
  /** One character that says the tone: "»". */
  readonly symbol: string
  /** "announced → delayed" */
  readonly title: string
  /** The question, or "openwatch" where the alert is about openwatch itself. */
  readonly question: string
  /** The topic of the question; null where the alert is about openwatch itself. */
  readonly topic: string | null
  readonly at: Date
  /** `at` in words: "10 June 2025, 17:00 UTC". */
  readonly when: string
  /** One or two sentences; null where the title says it all. */
  readonly why: string | null
  readonly quote: QuoteParts | null
  /** In a dispute, the sentence that stands against the quote; else null. */
  readonly against: QuoteParts | null
  /** "June", "later this summer", "no date"; empty where the date did not move. */
  readonly slippage: readonly string[]
  /** Further lines, such as the feeds that cannot be read. */
  readonly details: readonly string[]
  /** The page of the question, or of all questions. */
  readonly link: string | null
  /** What that link says. */
  readonly linkLabel: string
  readonly actions: readonly ActionLink[]
}

const limits = { quote: 400, question: 300, why: 600, word: 80, detail: 200, url: 2000 } as const

/** What an alert says, part by part. */
export function alertParts(alert: Alert, actions: Actions = noActions): AlertParts {
  const tone = toneOf(alert)
  const why = explanation(alert)
  const [first, second] = evidenceOf(alert)
  return {
    kind: alert.kind,
    tone,
    symbol: toneSymbol(tone),
    title: clean(headline(alert), 2 * limits.word + 20),
    question: clean(subjectMatter(alert), limits.question) || 'openwatch',
    topic: isItemAlert(alert) ? clean(alert.item.topic, limits.word) || null : null,
    at: alert.at,
    when: momentText(alert.at),
    why: why === null ? null : clean(why, limits.why),
    quote: first === undefined ? null : quoteOf(first, sourceNotes(alert, first)),
    against: alert.kind === 'disputed' && second !== undefined ? quoteOf(second, []) : null,
    slippage: slippageSteps(slippageOf(alert)),
    details: feedLines(alert).map((line) => clean(line, limits.detail)),
    link: shortUrl(alert.reportUrl),
    linkLabel: isItemAlert(alert) ? 'The whole story' : 'All questions',
    actions: isItemAlert(alert) ? actions(alert).flatMap(safeAction) : [],
  }
}

/** The sentences to show: the quote and, in a dispute, what stands against it. */
export function quotesOf({ quote, against }: AlertParts): readonly QuoteParts[] {
  return [quote, against].filter((one) => one !== null)
}

/** The page of all questions, from the page of one. */
export function pageOfAll(parts: AlertParts): string | null {
  if (parts.link === null) return null
  const url = new URL(parts.link)
  url.hash = ''
  return url.href
}

function clean(text: string, limit: number): string {
  return clip(text.toWellFormed(), limit)
}

function quoteOf(said: AlertEvidence, notes: readonly string[]): QuoteParts | null {
  const text = clean(said.quote, limits.quote)
  if (text === '') return null
  return {
    text,
    outlet: clean(said.outlet, limits.word) || 'source',
    url: shortUrl(said.url),
    notes: [momentText(said.claimedAt), certaintyWords[said.certainty], ...notes],
  }
}

/** How many origins carry the quote, and who else said so; in a dispute the others speak for themselves. */
function sourceNotes(alert: Alert, first: AlertEvidence): readonly string[] {
  if (alert.kind === 'disputed') return []
  const notes = [originsText(alert), otherOutlets(first.outlet, evidenceOf(alert).slice(1))]
  return notes.filter((note) => note !== null)
}

/** "also reuters.com, bbc.co.uk", so that independence can be judged. */
function otherOutlets(first: string, others: readonly { readonly outlet: string }[]): string | null {
  const names = new Set(others.map(({ outlet }) => clean(outlet, limits.word)))
  names.delete(clean(first, limits.word))
  names.delete('')
  if (names.size === 0) return null
  const shown = [...names].slice(0, 3)
  return `also ${shown.join(', ')}${names.size > shown.length ? ` and ${names.size - shown.length} more` : ''}`
}

/** The first promise and the latest ones; a single promise has not moved. */
function slippageSteps(slippage: readonly string[]): readonly string[] {
  const steps = slippage.map((step) => clean(step, limits.word)).filter((step) => step !== '')
  if (steps.length < 2) return []
  return steps.length <= 6 ? steps : [...steps.slice(0, 1), '…', ...steps.slice(-4)]
}

function shortUrl(url: string | null): string | null {
  const safe = safeUrl(url)
  return safe === null || safe.length > limits.url ? null : safe
}

function safeAction({ label, url }: ActionLink): readonly ActionLink[] {
  const safe = shortUrl(url)
  return safe === null ? [] : [{ label: oneLine(label), url: safe }]
}
