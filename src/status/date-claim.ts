import type { DateWindow } from './claim.ts'
import { readDay } from './date-days.ts'
import { readSpan } from './date-spans.ts'
import { window, type Found } from './date-window.ts'

/** A date found in a text: where its words stand (end exclusive) and the window they name. */
export interface DatedSpan {
  readonly start: number
  readonly end: number
  readonly window: DateWindow
}

/**
 * Finds the dates that a sentence names, in their order, as windows of UTC days seen from `at`. `earlier` is the window
 * that shifts like "by a week" move.
 */
export function readDates(sentence: string, at: Date, earlier: DateWindow | null = null): DatedSpan[] {
  const spans: Found[] = [...readDay(sentence, at), ...readSpan(sentence, at, earlier)]
  spans.sort((a, b) => a.start - b.start || b.end - a.end)
  const kept: DatedSpan[] = []
  for (const span of spans) {
    const last = kept.at(-1)
    if (last && span.start < last.end) continue
    const text = sentence.slice(span.start, span.end)
    kept.push({
      start: span.start,
      end: span.end,
      window: window(span.from, span.to, span.granularity, text),
    })
  }
  return kept
}

/** The window that a person wrote into a watch item ("mid-2025, no date"), or null where it names none. */
export function readExpected(text: string, at: Date): DateWindow | null {
  return readDates(text, at)[0]?.window ?? null
}
