import type { WatchItem } from '../matching/watch-item.ts'
import { windowText } from '../report/date-window.ts'
import type { Claim } from '../status/claim.ts'
import type { Decision } from '../status/decision.ts'
import type { Alert, AlertEvidence } from './alert.ts'

/** What an alert says beyond the decision. */
export interface AlertContext {
  /** Unique for ever. */
  readonly id: string
  readonly item: Pick<WatchItem, 'id' | 'question' | 'topic'>
  /** Since when the item has the status that a date change leaves as it is. */
  readonly since: Date
  /** The slippage line, this decision included. */
  readonly slippage: readonly string[]
  readonly reportUrl: string | null
}

/** The alert that tells a decision. */
export function alertFromDecision(
  decision: Exclude<Decision, { kind: 'unchanged' }>,
  context: AlertContext,
): Alert {
  const shared = {
    id: context.id,
    at: decision.at,
    item: { id: context.item.id, question: context.item.question, topic: context.item.topic },
    reportUrl: context.reportUrl,
    slippage: [...context.slippage],
    evidence: decision.evidence.map(evidenceFrom),
    origins: new Set(decision.evidence.map((claim) => claim.origin)).size,
    reason: decision.reason,
  }
  switch (decision.kind) {
    case 'status-changed': {
      const { from, to, at: since } = decision
      const expected = dateText(decision.expected)
      return { kind: 'status-changed', from, to, since, expected, ...shared }
    }
    case 'date-changed': {
      const { status } = decision
      const [from, to] = [dateText(decision.from), dateText(decision.expected)]
      return { kind: 'date-changed', status, since: context.since, from, to, ...shared }
    }
  }
}

/** A withdrawn date ("indefinitely") is no date, just as one that never was. */
function dateText(window: Claim['window']): string | null {
  return window === null || window.granularity === 'none' ? null : windowText(window)
}

function evidenceFrom(claim: Claim): AlertEvidence {
  const { quote, outlet, url, certainty } = claim
  return { quote, outlet, url, certainty, claimedAt: claim.at }
}
