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

/** How much must come together where nobody's own word is enough. */
export interface EvidencePolicy {
  /** So many origins must agree. */
  readonly independentOrigins: number
  /** Within so many milliseconds. */
  readonly corroborationMs: number
}

/** What the shipped configuration asks for. */
export const defaultPolicy: EvidencePolicy = { independentOrigins: 2, corroborationMs: 14 * 86_400_000 }

/**
 * Weighs a claim: the official word is enough; else an established outlet unhedged, or independent origins of which one at
 * least is unhedged. A rumour may be hedged, but needs an established outlet or several origins all the same.
 */
export function weigh(claim: KeptClaim, before: readonly KeptClaim[], policy = defaultPolicy): Support {
  const { outlet, grade } = claim
  const isHedged = claim.certainty === 'hedged'
  const isRumour = claim.signal === 'rumoured'
  if (grade === 'official' && !isHedged) return enough('official', [claim], `${outlet} says so itself`)
  if ((grade === 'official' || grade === 'established') && (!isHedged || isRumour)) {
    return enough(isHedged ? 'hedged' : 'reported', [claim], `${outlet} reports it`)
  }
  return corroborated(claim, othersLike(claim, before, policy), policy)
}

/** Claims of the same from other origins, the unhedged first, one an origin. */
function othersLike(claim: KeptClaim, before: readonly KeptClaim[], policy: EvidencePolicy): KeptClaim[] {
  const alike = before.filter(
    (one) =>
      one.signal === claim.signal &&
      one.origin !== claim.origin &&
      one.outlet !== claim.outlet &&
      Math.abs(Date.parse(one.at) - Date.parse(claim.at)) <= policy.corroborationMs,
  )
  const byOrigin = new Map<string, KeptClaim>()
  for (const one of alike) {
    const rival = byOrigin.get(one.origin)
    if (!rival || (rival.certainty === 'hedged' && one.certainty !== 'hedged')) byOrigin.set(one.origin, one)
  }
  const rank = (one: KeptClaim): number => (one.certainty === 'hedged' ? 1 : 0)
  return [...byOrigin.values()].sort((a, b) => rank(a) - rank(b))
}

function corroborated(claim: KeptClaim, others: readonly KeptClaim[], policy: EvidencePolicy): Support {
  const isRumour = claim.signal === 'rumoured'
  const evidence = [claim, ...others.slice(0, Math.max(1, policy.independentOrigins - 1))]
  const outlets = evidence.map((one) => one.outlet).join(' and ')
  const allHedged = evidence.every((one) => one.certainty === 'hedged')
  if (evidence.length < policy.independentOrigins || others.length === 0) {
    return {
      kind: 'too-little',
      reason: `only ${outlets} says so${allHedged && !isRumour ? ', guardedly' : ''}`,
    }
  }
  if (allHedged && !isRumour) return { kind: 'too-little', reason: `${outlets} say so, but all guardedly` }
  return enough(allHedged ? 'hedged' : 'reported', evidence, `${outlets} say so independently`)
}

function enough(certainty: Certainty, evidence: readonly KeptClaim[], reason: string): Support {
  return { kind: 'enough', certainty, evidence, reason }
}
