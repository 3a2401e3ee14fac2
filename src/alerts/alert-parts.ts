import { momentText } from '../report/people-time.ts'
import { clip, oneLine } from '../report/plain.ts'
import { safeUrl } from '../report/safe-url.ts'
import { certaintyWords } from '../report/status-words.ts'
import { isItemAlert, type Alert, type AlertKind } from './alert.ts'
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
  /** "June", "later this summer", "no date"; empty where the date did not move. */
  readonly slippage: readonly string[]
  /** Further lines, such as the feeds that cannot be read. */
  readonly details: readonly string[]
  /** The page of the question, or of all questions. */
  readonly link: string | null
  readonly actions: readonly ActionLink[]
}

const limits = { quote: 400, question: 300, why: 600, word: 80, detail: 200, url: 2000 } as const

/** What an alert says, part by part. */
export function alertParts(alert: Alert, actions: Actions = noActions): AlertParts {
  const tone = toneOf(alert)
  const why = explanation(alert)
  return {
    kind: alert.kind,
    tone,
    symbol: toneSymbol(tone),
    title: clean(headline(alert), 2 * limits.word + 20),
    question: clean(subjectMatter(alert), limits.question) || 'openwatch',
    topic: isItemAlert(alert) ? clean(alert.item.topic, limits.word) : null,
    at: alert.at,
    when: momentText(alert.at),
    why: why === null ? null : clean(why, limits.why),
    quote: quoteOf(alert),
    slippage: slippageSteps(slippageOf(alert)),
    details: feedLines(alert).map((line) => clean(line, limits.detail)),
    link: shortUrl(alert.reportUrl),
    actions: isItemAlert(alert) ? actions(alert).flatMap(safeAction) : [],
  }
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

function quoteOf(alert: Alert): QuoteParts | null {
  const [first, ...others] = evidenceOf(alert)
  if (first === undefined) return null
  const text = clean(first.quote, limits.quote)
  if (text === '') return null
  const notes = [momentText(first.claimedAt), certaintyWords[first.certainty]]
  const origins = originsText(alert)
  if (origins !== null) notes.push(origins)
  const also = otherOutlets(first.outlet, others)
  if (also !== null) notes.push(also)
  return { text, outlet: clean(first.outlet, limits.word) || 'source', url: shortUrl(first.url), notes }
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
