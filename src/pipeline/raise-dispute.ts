import { randomUUID } from 'node:crypto'
import { alertSchema } from '../alerts/alert.ts'
import { routeAlert } from '../alerts/route.ts'
import type { WatchItem } from '../matching/watch-item.ts'
import { slippageLine } from '../report/slippage.ts'
import type { Claim } from '../status/claim.ts'
import { thaw } from '../status/decide.ts'
import type { Standing } from '../status/standing.ts'
import type { NewAlert } from '../store/alerts.ts'
import type { Transaction } from '../store/database.ts'
import { changesOf } from '../store/judgements.ts'
import { evidenceOf } from './alert-of.ts'
import type { Judgement } from './judge.ts'
import type { RaiseItemOptions } from './raise-item-alert.ts'

/** A credible claim contradicts what is held to be settled. */
export interface Dispute {
  readonly item: WatchItem
  /** Where the question stands all the same. */
  readonly standing: Standing
  /** What contradicts it. */
  readonly claim: Claim
}

/** The claim by which a reading turned a question disputed; null where it did not. */
export function disputingClaim(before: Standing, { standing, decided }: Judgement): Claim | null {
  if (before.disputed || !standing.disputed) return null
  const against = decided.find(
    ({ claim, decision }) =>
      decision.kind === 'unchanged' && claim.signal !== null && claim.signal !== standing.status,
  )
  return against?.claim ?? null
}

/** The alerts of disputes, with both sides: what contradicts first, then what the standing rests on. */
export async function disputeAlerts(
  tx: Transaction,
  disputes: readonly Dispute[],
  options: RaiseItemOptions,
): Promise<NewAlert[]> {
  if (disputes.length === 0) return []
  const history = await changesOf(
    tx,
    disputes.map(({ item }) => item.id),
  )
  return disputes.map((dispute) => {
    const slippage = slippageLine(dispute.item.expected, history.get(dispute.item.id) ?? [])
    return disputeAlert(dispute, slippage, options)
  })
}

function disputeAlert(
  { item, standing, claim }: Dispute,
  slippage: readonly string[],
  { routing, reportUrl }: RaiseItemOptions,
): NewAlert {
  const deciding = standing.evidence.map(thaw)
  const sides = [claim, ...deciding]
  const alert = alertSchema.parse({
    kind: 'disputed',
    id: randomUUID(),
    at: claim.at,
    item: { id: item.id, question: item.question, topic: item.topic },
    reportUrl: reportUrl(item.id),
    slippage,
    status: standing.status,
    since: standing.since,
    evidence: evidenceOf(sides),
    origins: new Set(sides.map(({ origin }) => origin)).size,
    reason: reasonOf(claim, deciding, standing),
  })
  const key = `disputed:${item.id}:${claim.entryKey}`
  return { body: alert, statusChangeId: null, channels: routeAlert(alert, routing), key }
}

/** "reuters.com says delayed, acme.com and bbc.co.uk said happened". */
function reasonOf(claim: Claim, deciding: readonly Claim[], { status }: Standing): string {
  const outlets = [...new Set(deciding.map(({ outlet }) => outlet))].join(' and ')
  const other = outlets === '' ? `it stood as ${status} when the watch began` : `${outlets} said ${status}`
  return `${claim.outlet} says ${claim.signal ?? 'otherwise'}, ${other}`
}
