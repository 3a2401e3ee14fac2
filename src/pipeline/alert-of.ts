import { randomUUID } from 'node:crypto'
import type { Alert, AlertEvidence } from '../alerts/alert.ts'
import type { WatchItem } from '../matching/watch-item.ts'
import { windowText } from '../report/date-window.ts'
import { slippageLine } from '../report/slippage.ts'
import type { Claim } from '../status/claim.ts'
import type { RecordedChange, StoredChange } from '../store/judgements.ts'

/** Claims as an alert quotes them. */
export function evidenceOf(claims: readonly Claim[]): AlertEvidence[] {
  return claims.map(({ quote, outlet, url, at, certainty }) => ({
    quote,
    outlet,
    url,
    claimedAt: at,
    certainty,
  }))
}

/** The alert that tells of a change. `history`: the item's changes up to and with this one. */
export function alertOf(
  item: WatchItem,
  { decision }: RecordedChange,
  history: readonly StoredChange[],
  reportUrl: string | null,
): Alert {
  const evidence = evidenceOf(decision.evidence)
  const shared = {
    id: randomUUID(),
    at: decision.at,
    item: { id: item.id, question: item.question, topic: item.topic },
    reportUrl,
    slippage: [
      ...slippageLine(
        item.expected,
        history.map((change) => ({ ...change, evidence: [] })),
      ),
    ],
    evidence,
    origins: new Set(decision.evidence.map((claim) => claim.origin)).size,
    reason: decision.reason,
  }
  if (decision.kind === 'status-changed' && decision.corrected === true) {
    return { kind: 'corrected', from: decision.from, to: decision.to, since: decision.at, ...shared }
  }
  if (decision.kind === 'status-changed') {
    const expected = decision.expected === null ? null : windowText(decision.expected)
    return {
      kind: 'status-changed',
      from: decision.from,
      to: decision.to,
      since: decision.at,
      expected,
      ...shared,
    }
  }
  return {
    kind: 'date-changed',
    status: decision.status,
    since: sinceOf(history) ?? item.since,
    from: decision.from === null ? null : windowText(decision.from),
    to: decision.expected === null ? null : windowText(decision.expected),
    ...shared,
  }
}

function sinceOf(history: readonly StoredChange[]): Date | null {
  return history.findLast((change) => change.kind !== 'date')?.at ?? null
}
