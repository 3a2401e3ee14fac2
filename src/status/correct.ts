import type { Claim } from './claim.ts'
import { thaw } from './decide.ts'
import type { Decision } from './decision.ts'
import { weigh, type EvidencePolicy } from './policy.ts'
import type { KeptClaim, KeptReading, Standing } from './standing.ts'

/**
 * Takes a status back when a revision of an entry no longer says what the status rests on. `known` are the remembered
 * readings, `others` those of them that are not earlier revisions of the entry. Null where nothing is to be corrected.
 */
export function correct(
  standing: Standing,
  { known, others }: { readonly known: readonly KeptReading[]; readonly others: readonly KeptReading[] },
  claims: readonly KeptClaim[],
  policy: EvidencePolicy,
): { standing: Standing; claim: Claim; decision: Decision } | null {
  const earlier = new Set(known.filter((one) => !others.includes(one)).map((one) => one.entryKey))
  const lost = standing.evidence.find((one) => earlier.has(one.entryKey))
  if (!lost || claims.some((one) => one.signal === lost.signal)) return null
  const rest = others.flatMap((one) => one.claims)
  const left = rest.filter((one) => one.signal === standing.status)
  for (const one of left) {
    const support = weigh(
      one,
      left.filter((other) => other !== one),
      policy,
    )
    if (support.kind === 'enough') return null
  }
  const back = standing.before ?? { status: 'open' as const, since: standing.since, expected: null }
  return {
    standing: { ...standing, ...back, evidence: [], before: null, disputed: false, movedAt: lost.at },
    claim: thaw(lost),
    decision: {
      kind: 'status-changed',
      from: standing.status,
      to: back.status,
      at: new Date(lost.at),
      certainty: lost.certainty,
      expected: back.expected,
      evidence: [thaw(lost)],
      reason: `corrected: ${lost.outlet} no longer says so`,
      corrected: true,
    },
  }
}
