import { windowText } from './date-window.ts'
import type { ReportChange } from './report-input.ts'

/** A change in a few words: "announced → delayed, expected late summer 2025", "date withdrawn", "corrected: …". */
export function changeTitle(change: ReportChange): string {
  switch (change.kind) {
    case 'status':
      return `${change.from} → ${change.to}${promise(change)}`
    case 'date':
      return dateTitle(change)
    case 'correction':
      return change.from === change.to
        ? `corrected: ${dateTitle(change)}`
        : `corrected: ${change.from} → ${change.to}${promise(change)}`
  }
}

function promise(change: ReportChange): string {
  const ended = change.to === 'happened' || change.to === 'cancelled'
  return ended || change.expectedTo === null ? '' : `, expected ${windowText(change.expectedTo)}`
}

function dateTitle(change: ReportChange): string {
  const from = windowText(change.expectedFrom)
  const to = windowText(change.expectedTo)
  if (to === 'no date') return `${change.to}, date withdrawn (was ${from})`
  return from === 'no date' ? `${change.to}, now expected ${to}` : `${change.to}, date moved: ${from} → ${to}`
}
