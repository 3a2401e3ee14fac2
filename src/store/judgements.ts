import type { Claim, DateWindow } from '../status/claim.ts'
import type { Decision } from '../status/decision.ts'
import type { RejectionReason } from '../status/rejected.ts'
import type { Status } from '../status/status.ts'
import type { Queryable } from './database.ts'
import { groupedBy } from './grouped.ts'
import { together } from './together.ts'

/** What judging one revision for one item came to, ready to be written down. */
export interface MatchRecord {
  readonly itemId: string
  readonly entryId: string
  readonly revisionId: string
  readonly at: Date
  readonly story: string
  readonly spans: unknown
  /** The outlets that were muted for the item. */
  readonly muted: readonly string[]
  readonly decided: readonly { readonly claim: Claim; readonly decision: Decision }[]
}

/** A recorded change, with the decision it came from. */
export interface RecordedChange {
  readonly id: string
  readonly itemId: string
  readonly sequence: number
  readonly decision: ChangingDecision
}

/** A decision that moved a status or a date. */
export type ChangingDecision = Exclude<Decision, { kind: 'unchanged' }>

/**
 * Writes matches, their claims, and the status and date changes they led to. The items must be locked by this
 * transaction. A revision that was recorded for an item before is left out.
 */
export async function recordJudgements(
  tx: Queryable,
  matches: readonly MatchRecord[],
  now: Date,
): Promise<RecordedChange[]> {
  if (matches.length === 0) return []
  const matchIds = await insertMatches(tx, matches)
  const claimIds = await insertClaims(tx, matches, matchIds, now)
  const changing = matches.flatMap(({ itemId, revisionId, decided }) =>
    matchIds.has(pair(itemId, revisionId))
      ? decided.flatMap(({ claim, decision }) =>
          decision.kind === 'unchanged' ? [] : [{ itemId, decision, claims: [claim, ...decision.evidence] }],
        )
      : [],
  )
  // in their order: of two changes of one item the second counts on from the first
  return together(changing.map((change) => recordChange(tx, change, claimIds, now)))
}

/** A change to be written down, and the claims that carry it. */
interface Changing {
  readonly itemId: string
  readonly decision: ChangingDecision
  readonly claims: readonly Claim[]
}

async function recordChange(
  tx: Queryable,
  { itemId, decision, claims }: Changing,
  known: ReadonlyMap<string, string>,
  now: Date,
): Promise<RecordedChange> {
  const [change, claimIds] = await together([
    insertChange(tx, itemId, decision, now),
    claimsOf(tx, itemId, claims, known),
  ])
  await tx.query({
    name: 'add-evidence',
    text: `insert into evidence (status_change_id, claim_id, ordinal)
     select $1, id, place - 1 from unnest($2::bigint[]) with ordinality as t(id, place)`,
    values: [change.id, claimIds],
  })
  return change
}

async function insertMatches(tx: Queryable, matches: readonly MatchRecord[]): Promise<Map<string, string>> {
  const { rows } = await tx.query<{ id: string; watch_item_id: string; revision_id: string }>({
    name: 'add-matches',
    text: `insert into match (watch_item_id, entry_id, revision_id, at, story, spans, muted)
     select item, entry, revision, at, story, spans, array(select jsonb_array_elements_text(muted))
     from unnest($1::text[], $2::bigint[], $3::bigint[], $4::timestamptz[], $5::text[], $6::jsonb[], $7::jsonb[])
       with ordinality as t(item, entry, revision, at, story, spans, muted, place) order by place
     on conflict (watch_item_id, revision_id) do nothing
     returning id::text, watch_item_id, revision_id::text`,
    values: [
      matches.map((m) => m.itemId),
      matches.map((m) => m.entryId),
      matches.map((m) => m.revisionId),
      matches.map((m) => m.at),
      matches.map((m) => m.story),
      matches.map((m) => JSON.stringify(m.spans)),
      matches.map((m) => JSON.stringify(m.muted)),
    ],
  })
  return new Map(rows.map((row) => [pair(row.watch_item_id, row.revision_id), row.id]))
}

async function insertClaims(
  tx: Queryable,
  matches: readonly MatchRecord[],
  matchIds: ReadonlyMap<string, string>,
  now: Date,
): Promise<Map<string, string>> {
  const rows = matches.flatMap((match) => {
    const matchId = matchIds.get(pair(match.itemId, match.revisionId))
    if (matchId === undefined) return []
    return match.decided.map(({ claim, decision }, ordinal) => ({ match, matchId, claim, decision, ordinal }))
  })
  if (rows.length === 0) return new Map()
  const { rows: stored } = await tx.query<{ id: string; match_id: string; ordinal: number }>({
    name: 'add-claims',
    text: `insert into claim (match_id, ordinal, watch_item_id, at, url, outlet, grade, signal, certainty, "window", quote,
       origin, decision, reason, decided_at)
     select *, $15::timestamptz from unnest($1::bigint[], $2::int[], $3::text[], $4::timestamptz[], $5::text[],
       $6::text[], $7::text[], $8::text[], $9::text[], $10::jsonb[], $11::text[], $12::text[], $13::text[],
       $14::text[])
     returning id::text, match_id::text, ordinal`,
    values: [
      rows.map((r) => r.matchId),
      rows.map((r) => r.ordinal),
      rows.map((r) => r.match.itemId),
      rows.map((r) => r.claim.at),
      rows.map((r) => r.claim.url),
      rows.map((r) => r.claim.outlet),
      rows.map((r) => r.claim.grade),
      rows.map((r) => r.claim.signal),
      rows.map((r) => r.claim.certainty),
      rows.map((r) => json(r.claim.window)),
      rows.map((r) => r.claim.quote),
      rows.map((r) => r.claim.origin),
      rows.map((r) => r.decision.kind),
      rows.map((r) => r.decision.reason),
      now,
    ],
  })
  const place = new Map(stored.map((row) => [`${row.match_id} ${row.ordinal}`, row.id]))
  return new Map(
    rows.flatMap((r) => {
      const id = place.get(`${r.matchId} ${r.ordinal}`)
      return id === undefined ? [] : [[claimKey(r.match.itemId, r.claim), id] as const]
    }),
  )
}

/** Writes down a change that no entry brought, carried by claims that are known already. */
export async function recordCorrection(
  tx: Queryable,
  itemId: string,
  decision: ChangingDecision,
  now: Date,
): Promise<RecordedChange> {
  return recordChange(tx, { itemId, decision, claims: decision.evidence }, new Map(), now)
}

async function insertChange(
  tx: Queryable,
  itemId: string,
  decision: ChangingDecision,
  now: Date,
): Promise<RecordedChange> {
  const moved = decision.kind === 'status-changed'
  const { rows } = await tx.query<{ id: string; sequence: number }>({
    name: 'add-change',
    text: `insert into status_change (watch_item_id, sequence, kind, "from", "to", at, recorded_at, certainty,
       expected_before, expected_after, reason)
     select $1, coalesce(max(c.sequence), 0) + 1, $2, $3, $4, $5, $6, $7, coalesce($8::jsonb,
         (select p.expected_after from status_change p where p.watch_item_id = $1 order by p.sequence desc limit 1)),
       $9, $10
     from status_change c where c.watch_item_id = $1
     returning id::text, sequence`,
    values: [
      itemId,
      moved ? (decision.corrected === true ? 'correction' : 'status') : 'date',
      moved ? decision.from : decision.status,
      moved ? decision.to : decision.status,
      decision.at,
      now,
      decision.certainty,
      moved ? null : json(decision.from),
      json(decision.expected),
      decision.reason,
    ],
  })
  const row = rows[0]
  if (row === undefined) throw new Error(`a change of ${itemId} was not stored`)
  return { ...row, itemId, decision }
}

/** The ids of claims, each once: of those just written as `known`, of others from earlier polls as they are found. */
async function claimsOf(
  tx: Queryable,
  itemId: string,
  claims: readonly Claim[],
  known: ReadonlyMap<string, string>,
): Promise<readonly string[]> {
  const fresh = claims.map((claim) => known.get(claimKey(itemId, claim)))
  const others = claims.filter((_, place) => fresh[place] === undefined)
  const stored = await storedClaims(tx, itemId, others)
  return [...new Set(claims.flatMap((claim, place) => fresh[place] ?? stored.get(claim) ?? []))]
}

async function storedClaims(
  tx: Queryable,
  itemId: string,
  claims: readonly Claim[],
): Promise<ReadonlyMap<Claim, string>> {
  if (claims.length === 0) return new Map()
  // Claims that corroborate from earlier polls are found by what makes them theirs: revision, signal and sentence.
  const { rows } = await tx.query<{ id: string; place: number }>({
    name: 'find-claims',
    text: `select c.id::text, w.place::int from unnest($2::text[], $3::text[], $4::text[]) with ordinality
       as w(revision, signal, quote, place)
     join match m on m.watch_item_id = $1 and m.revision_id::text = w.revision
     join claim c on c.match_id = m.id and c.quote = w.quote and c.signal is not distinct from w.signal`,
    values: [itemId, claims.map((c) => c.entryKey), claims.map((c) => c.signal), claims.map((c) => c.quote)],
  })
  return new Map(
    rows.flatMap(({ id, place }) => {
      const claim = claims[place - 1]
      return claim === undefined ? [] : [[claim, id] as const]
    }),
  )
}

function pair(itemId: string, revisionId: string): string {
  return `${itemId} ${revisionId}`
}

function claimKey(itemId: string, claim: Claim): string {
  return `${itemId} ${claim.entryKey} ${claim.signal ?? ''} ${claim.quote}`
}

function json(window: DateWindow | null): string | null {
  return window === null ? null : JSON.stringify(window)
}

/** The item's changes so far, oldest first, as far as telling how its date slipped needs them. */
export async function changesOf(
  db: Queryable,
  itemIds: readonly string[],
): Promise<Map<string, StoredChange[]>> {
  const { rows } = await db.query<StoredChange>({
    name: 'changes-of',
    text: `select id::text, watch_item_id as "itemId", sequence, kind, "from", "to", at, recorded_at as "recordedAt",
       certainty, expected_before as "expectedFrom", expected_after as "expectedTo", reason
     from status_change where watch_item_id = any($1) order by watch_item_id, sequence`,
    values: [itemIds],
  })
  return groupedBy(rows, (row) => row.itemId)
}

/** One row of an item's history. */
export interface StoredChange {
  readonly id: string
  readonly itemId: string
  readonly sequence: number
  readonly kind: 'status' | 'date' | 'correction'
  readonly from: Status
  readonly to: Status
  readonly at: Date
  readonly recordedAt: Date
  readonly certainty: Claim['certainty']
  readonly expectedFrom: DateWindow | null
  readonly expectedTo: DateWindow | null
  readonly reason: string
}

/** A claim as it was decided when its entry came. */
export interface DecidedClaim {
  readonly itemId: string
  readonly signal: Claim['signal']
  readonly certainty: Claim['certainty']
  readonly quote: string
  readonly decision: Decision['kind']
  readonly reason: string
  /** Where a person took its story out of the evidence since. */
  readonly rejected: {
    readonly at: Date
    readonly reason: RejectionReason
    readonly note: string | null
  } | null
}

/** What was decided about a revision, for every question. */
export async function decidedClaims(db: Queryable, revisionId: string): Promise<DecidedClaim[]> {
  const { rows } = await db.query<DecidedClaim>(
    `select c.watch_item_id as "itemId", c.signal, c.certainty, c.quote, c.decision, c.reason,
       case when r.id is not null then json_build_object('at', r.at, 'reason', r.reason, 'note', r.note) end as rejected
     from claim c join match m on m.id = c.match_id
       left join rejection r on r.watch_item_id = m.watch_item_id and r.story = m.story
     where m.revision_id = $1 order by c.ordinal`,
    [revisionId],
  )
  return rows.map((row) =>
    row.rejected === null ? row : { ...row, rejected: { ...row.rejected, at: new Date(row.rejected.at) } },
  )
}
