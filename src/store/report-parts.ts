import type { ReportEvidence, Standing as ReportStanding, Wishes } from '../report/report-input.ts'
import { rejectionWords, type RejectionReason } from '../status/rejected.ts'
import type { Certainty } from '../status/status.ts'
import type { Queryable } from './database.ts'
import { groupedBy } from './grouped.ts'
import type { StoredItem } from './watch-items.ts'

interface EvidenceRow {
  readonly changeId: string
  readonly url: string
  readonly outlet: string
  readonly quote: string
  readonly claimedAt: Date
  readonly certainty: Certainty
  readonly rejectedAt: Date | null
  readonly why: RejectionReason | null
  readonly note: string | null
}

/** The sentences that carried changes, the deciding one first. */
export async function evidenceOf(
  db: Queryable,
  changeIds: readonly string[],
): Promise<Map<string, ReportEvidence[]>> {
  const { rows } = await db.query<EvidenceRow>(
    `select e.status_change_id::text as "changeId", c.url, c.outlet, c.quote, c.at as "claimedAt", c.certainty,
       r.at as "rejectedAt", r.reason as why, r.note
     from evidence e join claim c on c.id = e.claim_id join match m on m.id = c.match_id
       left join rejection r on r.watch_item_id = m.watch_item_id and r.story = m.story
     where e.status_change_id = any($1::bigint[]) order by e.status_change_id, e.ordinal`,
    [changeIds],
  )
  const groups = groupedBy(rows, (row) => row.changeId)
  return new Map([...groups].map(([id, group]) => [id, group.map(evidence)]))
}

function evidence(row: EvidenceRow): ReportEvidence {
  const { url, outlet, quote, claimedAt, certainty, rejectedAt, why, note } = row
  const said = { url, outlet, quote, claimedAt, certainty }
  if (rejectedAt === null || why === null) return said
  return { ...said, rejected: { at: rejectedAt, words: rejectionWords[why], note } }
}

/** Where an item stands, as reports take it. */
export function standingOf({ standing }: StoredItem): ReportStanding {
  const { status, since, expected, disputed } = standing
  const carried = standing.evidence.map(({ url, outlet, quote, at, certainty }) => ({
    ...{ url, outlet, quote, certainty },
    claimedAt: new Date(at),
  }))
  return { status, since: new Date(since), expected, disputed, evidence: carried }
}

/** What people asked for about an item, as reports take it. */
export function wishesOf({ muted, snoozedUntil, snoozedToChange, acknowledgedAt }: StoredItem): Wishes {
  return { muted, snoozedUntil, snoozedToChange, acknowledgedAt }
}
