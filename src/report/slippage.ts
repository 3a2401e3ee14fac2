import { sameWindow, windowWords } from './date-window.ts'
import { dayText } from './people-time.ts'
import type { ReportChange, ReportClaim } from './report-input.ts'
import type { LedgerEntry } from './status-report.ts'

/** The part of a change that the slippage line reads. */
export type DatedChange = Pick<ReportChange, 'kind' | 'to' | 'at' | 'expectedFrom' | 'expectedTo'>

/**
 * How the promised date moved, as the recorded changes tell it: "in the coming months", "later this summer",
 * "no date", "5 August 2025". It begins with what was promised when the watch began; empty where no date ever was.
 */
export function slippageLine(expected: string | null, changes: readonly DatedChange[]): readonly string[] {
  const steps: string[] = []
  const push = (step: string) => {
    if (steps.at(-1) !== step) steps.push(step)
  }
  if (expected !== null) push(expected)
  for (const change of changes) {
    const step = stepOf(change)
    if (step !== null && !(step === 'no date' && steps.length === 0)) push(step)
  }
  // A release that nobody had promised has no slippage to tell.
  const promised = steps.length > 1 || changes.every((change) => change.to !== 'happened')
  return promised ? steps : []
}

function stepOf(change: DatedChange): string | null {
  if (change.kind === 'correction') return change.expectedTo === null ? null : windowWords(change.expectedTo)
  if (change.kind === 'status' && change.to === 'happened') return dayText(change.at)
  if (change.kind === 'status' && change.to === 'cancelled') return 'cancelled'
  if (change.expectedTo !== null) return windowWords(change.expectedTo)
  const withdrawn = change.kind === 'date' || change.to === 'delayed'
  return withdrawn && change.expectedFrom !== null ? 'no date' : null
}

/** Every claimed date, oldest first, by whom; repeats of the same promise by the same outlet are told once. */
export function slippageLedger(claims: readonly ReportClaim[]): readonly LedgerEntry[] {
  const ledger: LedgerEntry[] = []
  for (const claim of [...claims].sort((a, b) => a.at.getTime() - b.at.getTime())) {
    const { window } = claim
    if (window === null) continue
    const words = windowWords(window)
    const known = ledger.some((entry) => entry.outlet === claim.outlet && sameWindow(entry.window, window))
    if (known && !claim.decided) continue
    const { at, outlet, url, quote, decided } = claim
    ledger.push({ at, outlet, url, quote, decided, words, window })
  }
  return ledger
}
