import type { Queryable } from './database.ts'
import type { Via } from './rejections.ts'

/** What a person did to a question. */
export type EditKind = 'added' | 'edited' | 'paused' | 'resumed' | 'removed'

/** A field that an edit changed, as it was and as it is. */
export interface FieldChange {
  readonly field: string
  readonly before: unknown
  readonly after: unknown
}

/** One line of a question's history of edits. */
export interface ItemEdit {
  readonly itemId: string
  readonly what: EditKind
  /** Empty unless it was edited. */
  readonly changes: readonly FieldChange[]
  readonly via: Via
  readonly at: Date
}

/** Writes an edit down. */
export async function recordEdit(tx: Queryable, edit: ItemEdit): Promise<void> {
  const { itemId, what, changes, via, at } = edit
  const side = (name: 'before' | 'after') =>
    changes.length === 0
      ? null
      : JSON.stringify(Object.fromEntries(changes.map((one) => [one.field, one[name]])))
  await tx.query(
    `insert into item_edit (watch_item_id, what, before, after, via, at) values ($1,$2,$3,$4,$5,$6)`,
    [itemId, what, side('before'), side('after'), via, at],
  )
}

interface Row {
  readonly itemId: string
  readonly what: EditKind
  readonly before: Readonly<Record<string, unknown>> | null
  readonly after: Readonly<Record<string, unknown>> | null
  readonly via: Via
  readonly at: Date
}

/** What people did to a question, the newest first. */
export async function editsOf(db: Queryable, itemId: string): Promise<ItemEdit[]> {
  const { rows } = await db.query<Row>(
    `select watch_item_id as "itemId", what, before, after, via, at from item_edit
     where watch_item_id = $1 order by id desc`,
    [itemId],
  )
  return rows.map(({ before, after, ...row }) => ({
    ...row,
    changes: Object.keys(after ?? {}).map((field) => ({
      field,
      before: before?.[field],
      after: after?.[field],
    })),
  }))
}
