import type { KeptClaim } from './standing.ts'
import type { Certainty } from './status.ts'

/** Whether there is enough for what a claim says, and from whom. */
export type Support =
  | {
      readonly kind: 'enough'
      readonly certainty: Certainty
      readonly evidence: readonly KeptClaim[]
      readonly reason: string
    }
  | { readonly kind: 'too-little'; readonly reason: string }

const corroborationMs = 14 * 86_400_000

/**
 * Weighs a claim: the official word is enough; else an established outlet unhedged, or two independent origins of which
 * one at least is unhedged. A rumour may be hedged, but needs an established outlet or two origins all the same.
 */
export function weigh(claim: KeptClaim, before: readonly KeptClaim[]): Support {
  const hedged = claim.certainty === 'hedged'
  if (claim.grade === 'official' && !hedged)
    return enough('official', [claim], `${claim.outlet} says so itself`)
  if (claim.grade === 'established' && (!hedged || claim.signal === 'rumoured')) {
    return enough(hedged ? 'hedged' : 'reported', [claim], `${claim.outlet} reports it`)
  }
  if (claim.grade === 'official' && claim.signal === 'rumoured')
    return enough('hedged', [claim], `${claim.outlet} hints at it itself`)
  const others = before.filter(
    (one) =>
      one.signal === claim.signal &&
      one.origin !== claim.origin &&
      one.outlet !== claim.outlet &&
      Math.abs(Date.parse(one.at) - Date.parse(claim.at)) <= corroborationMs,
  )
  const firm = others.filter((one) => one.certainty !== 'hedged')
  const second = firm[0] ?? others[0]
  if (!second)
    return { kind: 'too-little', reason: `only ${claim.outlet} says so${hedged ? ', guardedly' : ''}` }
  if (hedged && firm.length === 0 && claim.signal !== 'rumoured')
    return { kind: 'too-little', reason: 'all who say so say it guardedly' }
  return enough(
    hedged && claim.signal === 'rumoured' ? 'hedged' : 'reported',
    [claim, second],
    `${claim.outlet} and ${second.outlet} say so independently`,
  )
}

function enough(certainty: Certainty, evidence: readonly KeptClaim[], reason: string): Support {
  return { kind: 'enough', certainty, evidence, reason }
}
