import type { RejectionReason } from '../status/rejected.ts'
import type { Queryable } from './database.ts'

/** How somebody reached openwatch; `mcp`: an assistant. */
export type Via = 'cli' | 'page' | 'link' | 'api' | 'mcp'

/** A story that a person said is no evidence for a question. */
export interface Rejection {
  readonly id: string
  readonly itemId: string
  /** The change that it had carried. */
  readonly changeId: string | null
  /** The change that took it back; null where nothing had rested on it. */
  readonly correctionId: string | null
  readonly story: string
  readonly reason: RejectionReason
  readonly note: string | null
  readonly via: Via
  readonly at: Date
}

const columns = `id::text, watch_item_id as "itemId", status_change_id::text as "changeId",
  correction_id::text as "correctionId", story, reason, note, via, at`

/** What was rejected for these items, oldest first. */
export async function rejectionsOf(db: Queryable, itemIds: readonly string[]): Promise<Rejection[]> {
  const { rows } = await db.query<Rejection>(
    `select ${columns} from rejection where watch_item_id = any($1) order by rejection.at, rejection.id`,
    [itemIds],
  )
  return rows
}

/** Writes a rejection down. The story must not have been rejected for the item before. */
export async function insertRejection(
  tx: Queryable,
  rejection: Omit<Rejection, 'id' | 'correctionId'>,
): Promise<Rejection> {
  const { itemId, changeId, story, reason, note, via, at } = rejection
  const { rows } = await tx.query<Rejection>(
    `insert into rejection (watch_item_id, status_change_id, story, reason, note, via, at)
     values ($1,$2,$3,$4,$5,$6,$7) returning ${columns}`,
    [itemId, changeId, story, reason, note, via, at],
  )
  const [row] = rows
  if (row === undefined) throw new Error(`the rejection of a story of ${itemId} was not stored`)
  return row
}

/** Notes which change took back what the rejected story had carried. */
export async function linkCorrection(tx: Queryable, id: string, correctionId: string): Promise<void> {
  await tx.query(`update rejection set correction_id = $2 where id = $1`, [id, correctionId])
}

/** Forgets a rejection. */
export async function deleteRejection(tx: Queryable, id: string): Promise<void> {
  await tx.query(`delete from rejection where id = $1`, [id])
}

/** The claim that decided a change, and the story that it is of. */
export interface DecidingClaim {
  readonly story: string
  readonly outlet: string
  readonly quote: string
}

/** What decided a change; null where nobody's word did, or it is no longer stored. */
export async function decidingClaim(db: Queryable, changeId: string): Promise<DecidingClaim | null> {
  const { rows } = await db.query<DecidingClaim>(
    `select m.story, c.outlet, c.quote from evidence e join claim c on c.id = e.claim_id join match m on m.id = c.match_id
     where e.status_change_id = $1 order by e.ordinal limit 1`,
    [changeId],
  )
  return rows[0] ?? null
}

/** The changes of an item that a story decided. */
export async function changesDecidedBy(db: Queryable, itemId: string, story: string): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select s.id::text from status_change s join evidence e on e.status_change_id = s.id and e.ordinal = 0
       join claim c on c.id = e.claim_id join match m on m.id = c.match_id
     where s.watch_item_id = $1 and s.kind <> 'correction' and m.story = $2`,
    [itemId, story],
  )
  return rows.map((row) => row.id)
}

/** The changes of an item, before the one given, that rest on a claim. */
export async function changesRestingOn(
  db: Queryable,
  before: { readonly itemId: string; readonly sequence: number },
  claim: { readonly entryKey: string; readonly quote: string },
): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select distinct s.id::text from status_change s join evidence e on e.status_change_id = s.id
       join claim c on c.id = e.claim_id join match m on m.id = c.match_id
     where s.watch_item_id = $1 and s.sequence < $2 and m.revision_id::text = $3 and c.quote = $4`,
    [before.itemId, before.sequence, claim.entryKey, claim.quote],
  )
  return rows.map((row) => row.id)
}
