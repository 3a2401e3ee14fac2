import { documentOf } from '../matching/document.ts'
import { explainMatch, type MatchExplanation } from '../matching/explain.ts'
import type { BareClaim } from '../status/signal.ts'
import { canonicalUrl } from '../stories/canonical-url.ts'
import type { Queryable } from '../store/database.ts'
import { revisionsAt, type SeenRevision } from '../store/entries.ts'
import { decidedClaims, type DecidedClaim } from '../store/judgements.ts'
import type { StoredItem } from '../store/watch-items.ts'
import type { JudgeConfig } from './configured-judge.ts'
import { judgeOf } from './watch-set.ts'

/** Why an entry did or did not move one question. */
export interface ItemExplanation {
  readonly stored: StoredItem
  readonly match: MatchExplanation
  /** What the entry says about the question, read anew by the rules of now. */
  readonly claims: readonly BareClaim[]
  /** Why other places of it claim nothing. */
  readonly remarks: readonly string[]
  /** What was decided when it came. */
  readonly decided: readonly DecidedClaim[]
  /** Why it was not judged at all; null when it was. */
  readonly notJudged: string | null
}

/** One stored revision with what every question made of it. */
export interface RevisionExplanation {
  readonly revision: SeenRevision
  readonly items: readonly ItemExplanation[]
}

/** Follows an entry, found by its address, step by step: seen, matched, claimed, decided. Empty when it was never seen. */
export async function explainEntry(
  db: Queryable,
  url: string,
  items: readonly StoredItem[],
  config: JudgeConfig,
): Promise<RevisionExplanation[]> {
  const revisions = await revisionsAt(db, [
    ...new Set([url, canonicalUrl(url), withoutSlash(url), `${withoutSlash(url)}/`]),
  ])
  return explainRevisions(db, revisions, items, config)
}

/** The same for revisions that are at hand. */
export async function explainRevisions(
  db: Queryable,
  revisions: readonly SeenRevision[],
  items: readonly StoredItem[],
  config: JudgeConfig,
): Promise<RevisionExplanation[]> {
  const explained: RevisionExplanation[] = []
  for (const revision of revisions) {
    const decided = await decidedClaims(db, revision.key)
    explained.push({ revision, items: items.map((stored) => explainItem(revision, stored, config, decided)) })
  }
  return explained
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '')
}

function explainItem(
  revision: SeenRevision,
  stored: StoredItem,
  config: JudgeConfig,
  decided: readonly DecidedClaim[],
): ItemExplanation {
  const { item } = stored
  const [reading] = judgeOf([stored], config).read(revision)
  return {
    stored,
    match: explainMatch(item, documentOf(revision)),
    claims: reading?.claims ?? [],
    remarks: reading?.remarks ?? [],
    decided: decided.filter((one) => one.itemId === item.id),
    notJudged: notJudged(revision, stored),
  }
}

function notJudged({ at }: SeenRevision, { item, state }: StoredItem): string | null {
  if (at < item.since)
    return `it is from ${at.toISOString().slice(0, 10)}, before the watch began on ${item.since.toISOString().slice(0, 10)}`
  return state === 'watching' ? null : `the question is ${state}`
}
