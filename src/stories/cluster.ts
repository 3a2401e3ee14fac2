import { outletNameKey, outletNames } from '../matching/outlet-name.ts'
import { tellsTheSame, type Fingerprint } from './fingerprint.ts'

/** An entry as clustering knows it. Plain JSON. */
export interface Told extends Fingerprint {
  readonly entryKey: string
  readonly outlet: string
  /** ISO time. */
  readonly at: string
  readonly story: string
  readonly origin: string
}

const windowMs = 10 * 86_400_000
const agencies = /\((?:reuters|ap|afp|dpa|bloomberg|upi)\)|^(?:reuters|ap|afp)\s*[-–—:]/iu
const attribution =
  /\b(?:according to|reports?|reported by|first reported by|via|as reported by|told|citing|cites|per)\s+(?:a report (?:from|by|in)\s+)?(?:the\s+)?([A-Z][\p{L}\d&.]+(?:\s+[A-Z][\p{L}\d&.]+){0,2})/gu
const reporter =
  /(?:,|—|-|:)\s*(?:the\s+)?([A-Z][\p{L}\d&.]+(?:\s+[A-Z][\p{L}\d&.]+){0,2})\s+(?:reports?|says|reported)\s*\.?$/u

/**
 * Finds the story that an entry tells among those already told, and whose word it is. Without one it begins a story of its
 * own. Copies, rewrites and reports "according to X" share an origin and do not corroborate each other.
 */
export function placeInStories(
  entry: { key: string; outlet: string; at: Date; title: string; text: string },
  print: Fingerprint,
  told: readonly Told[],
): { story: string; origin: string } {
  const near = told.filter((one) => Math.abs(Date.parse(one.at) - entry.at.getTime()) <= windowMs)
  const same = near.find((one) => tellsTheSame(one, print))
  if (same) return { story: same.story, origin: same.origin }
  const source = sourceOf(`${entry.title}\n${entry.text}`, entry.title)
  const teller =
    source === null
      ? undefined
      : near.find((one) => outletNames(one.outlet).includes(source) || one.origin === source)
  if (teller) return { story: entry.key, origin: teller.origin }
  return { story: entry.key, origin: source ?? ownName(entry.outlet) }
}

function ownName(outlet: string): string {
  return outletNames(outlet)[0] ?? outlet
}

/** The medium or agency whose word an entry passes on, as `outletNameKey`; null where it speaks for itself. */
function sourceOf(text: string, title: string): string | null {
  const agency = agencies.exec(text.slice(0, 200))
  if (agency) return outletNameKey(agency[0].replace(/[^a-z]/giu, ''))
  const named = reporter.exec(title)?.[1]
  if (named) return outletNameKey(named)
  for (const match of text.matchAll(attribution)) {
    const key = outletNameKey(match[1] ?? '')
    if (media.has(key)) return key
  }
  return null
}

/** Media that others quote. */
const media = new Set(
  'reuters bloomberg ap associatedpress afp nytimes newyorktimes wsj wallstreetjournal washingtonpost financialtimes ft theverge verge theinformation information techcrunch axios politico cnbc cnn bbc guardian nikkei businessinsider semafor wired forbes fortune engadget arstechnica 404media theregister register zdnet macrumors 9to5mac 9to5google dpa upi nbc nbcnews cbsnews abcnews npr digitimes techradar variety punchbowl spiegel lemonde'.split(
    ' ',
  ),
)
