import { dateChange } from './date-change.ts'
import type { Decision } from './decision.ts'
import { defaultPolicy, weigh, type EvidencePolicy, type Support } from './policy.ts'
import type { KeptClaim, Standing } from './standing.ts'
import type { Claim } from './claim.ts'
import type { Status } from './status.ts'

/** What a claim led to, and where the question stands after it. */
export interface Decided {
  readonly standing: Standing
  readonly decision: Decision
}

const dayMs = 86_400_000
const again = /\b(?:again|second|third|fourth|fifth|once more|another|further)\b/iu

/** Decides what one claim changes. `before` are the claims remembered from other entries. */
export function decide(
  standing: Standing,
  claim: KeptClaim,
  before: readonly KeptClaim[],
  policy: EvidencePolicy = defaultPolicy,
): Decided {
  const stay = (reason: string): Decided => ({ standing, decision: { kind: 'unchanged', reason } })
  const { signal } = claim
  if (signal === null) return stay('it only names a date')
  const blocked = barrier(standing, claim)
  const support = weigh(claim, before, policy)
  if (blocked !== null) return dispute(standing, claim, support, blocked)
  if (
    signal === standing.status ||
    (signal === 'announced' && standing.status === 'delayed' && !revives(standing, claim))
  ) {
    return moveDate(standing, claim, support)
  }
  if (support.kind === 'too-little') {
    return isHearsay(standing, claim)
      ? decide(standing, { ...claim, signal: 'rumoured' }, before, policy)
      : stay(support.reason)
  }
  return {
    standing: {
      ...standing,
      status: signal,
      since: claim.at,
      movedAt: claim.at,
      expected: expectedAfter(standing, claim),
      disputed: false,
      evidence: support.evidence,
      before: { status: standing.status, since: standing.since, expected: standing.expected },
    },
    decision: {
      kind: 'status-changed',
      from: standing.status,
      to: signal,
      at: new Date(claim.at),
      certainty: support.certainty,
      expected: expectedAfter(standing, claim),
      evidence: support.evidence.map(thaw),
      reason: support.reason,
    },
  }
}

/** Where nothing is known yet, what is said guardedly to be planned or to have come is a rumour. */
function isHearsay(standing: Standing, { certainty, signal }: KeptClaim): boolean {
  return (
    standing.status === 'open' && certainty === 'hedged' && (signal === 'announced' || signal === 'happened')
  )
}

/** A claim as the contract has it. */
export function thaw(claim: KeptClaim): Claim {
  return { ...claim, at: new Date(claim.at) }
}

function expectedAfter(standing: Standing, claim: KeptClaim): Standing['expected'] {
  switch (claim.signal) {
    case 'happened':
    case 'cancelled':
      return null
    case 'delayed':
      return claim.window
    default:
      return claim.window ?? standing.expected
  }
}

/** Why a status cannot be reached from where the question stands, or null. */
function barrier(standing: Standing, claim: KeptClaim): string | null {
  const to = claim.signal as Status
  const from = standing.status
  if (from === 'happened') return 'it has happened already; only a correction reopens it'
  if (Date.parse(claim.at) < Date.parse(standing.since) - dayMs * 1.5)
    return 'it is older than what is known already'
  if (to === 'rumoured' && from !== 'open' && from !== 'rumoured') return `${from} is more than a rumour`
  if (from === 'cancelled' && to === 'delayed') return 'it was cancelled'
  if (
    from === 'cancelled' &&
    to === 'announced' &&
    Date.parse(claim.at) - Date.parse(standing.since) < 3 * dayMs
  )
    return 'it was cancelled just now'
  return null
}

/** Whether an announcement ends a delay: a step taken, or a date where none stood, some days later. */
function revives(standing: Standing, claim: KeptClaim): boolean {
  if (Date.parse(claim.at) - Date.parse(standing.movedAt) < 4 * dayMs) return false
  if (claim.begun === true) return true
  const { window } = claim
  const isDefinite = window?.to != null && window.granularity !== 'vague'
  return (
    isDefinite && standing.expected?.from == null && Date.parse(window.to) >= Date.parse(claim.at) - dayMs
  )
}

function dispute(standing: Standing, claim: KeptClaim, support: Support, reason: string): Decided {
  const contradicts =
    standing.status === 'happened' && (claim.signal === 'cancelled' || claim.signal === 'delayed')
  const fresh = Math.abs(Date.parse(claim.at) - Date.parse(standing.since)) <= 7 * dayMs
  const disputed = standing.disputed || (contradicts && fresh && support.kind === 'enough')
  return { standing: { ...standing, disputed }, decision: { kind: 'unchanged', reason } }
}

/** The status stays: is its date a new one, or is it put off once more? */
function moveDate(standing: Standing, claim: KeptClaim, support: Support): Decided {
  const stay = (reason: string): Decided => ({ standing, decision: { kind: 'unchanged', reason } })
  if (claim.signal === 'happened' || claim.signal === 'cancelled' || claim.signal === 'rumoured')
    return stay(`it is ${standing.status} already`)
  const at = new Date(claim.at)
  const how = dateChange(standing.expected, claim.window, at) ?? delayedAgain(standing, claim)
  if (how === null) return stay(`it is ${standing.status} already`)
  if (support.kind === 'too-little') return stay(support.reason)
  return {
    standing: { ...standing, expected: claim.window, movedAt: claim.at },
    decision: {
      kind: 'date-changed',
      status: standing.status,
      at,
      certainty: support.certainty,
      from: standing.expected,
      expected: claim.window,
      evidence: support.evidence.map(thaw),
      reason: `${how}; ${support.reason}`,
    },
  }
}

function delayedAgain(standing: Standing, claim: KeptClaim): string | null {
  if (claim.signal !== 'delayed' || standing.status !== 'delayed') return null
  const days = (Date.parse(claim.at) - Date.parse(standing.movedAt)) / dayMs
  return days >= 10 || (days >= 3 && again.test(claim.quote)) ? 'it was put off once more' : null
}
