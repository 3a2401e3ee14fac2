import type { WatchItem } from '../matching/watch-item.ts'
import { initialStanding } from '../status/standing.ts'
import type { Queryable } from '../store/database.ts'
import { oldestEntry } from '../store/entries.ts'
import { recordEdit } from '../store/item-edits.ts'
import { insertItem, listItems, listItemsBriefly, type StoredItem } from '../store/watch-items.ts'
import type { Actor, ItemDesk } from './item-desk.ts'
import { readWrittenItem, type FieldProblem, type WrittenItem } from './written-item.ts'

/** What came of adding a watch item. */
export type AddedItem =
  /** Watched from now on; the stored entries of its watch have been judged, silently. */
  | { readonly kind: 'added'; readonly stored: StoredItem }
  | { readonly kind: 'invalid'; readonly problems: readonly FieldProblem[] }
  /** The id that was asked for is another item's, or the very question is watched already; `free` is one like it that is not taken. */
  | { readonly kind: 'id-taken'; readonly id: string; readonly free: string }

/**
 * Puts a question under watch. An id that was not asked for is made from the question, and made free; the same question
 * again needs an id, so that nobody watches one twice by pressing twice.
 */
export async function addItem(written: WrittenItem, { via }: Actor, desk: ItemDesk): Promise<AddedItem> {
  const now = desk.clock.now()
  const read = readWrittenItem(await withSince(written, desk), { kinds: desk.config().kinds, since: now })
  if (read.kind === 'invalid') return read
  const wantsId = written.id !== undefined
  const inserted = await desk.db.transaction(async (tx) => {
    if (!wantsId && (await isAsked(tx, read.item))) return null
    const item = wantsId ? read.item : { ...read.item, id: await freeId(tx, read.item.id) }
    const standing = initialStanding(item)
    if (!(await insertItem(tx, item, { origin: 'user', standing, now }))) return null
    await recordEdit(tx, { itemId: item.id, what: 'added', changes: [], via, at: now })
    return item
  })
  if (inserted === null) {
    const { id } = read.item
    return { kind: 'id-taken', id, free: await freeId(desk.db.pool, id) }
  }
  await desk.bringIn()
  return { kind: 'added', stored: await reread(desk, inserted) }
}

/** `since: stored` as the day of the oldest stored entry. */
export async function withSince(written: WrittenItem, { db }: Pick<ItemDesk, 'db'>): Promise<WrittenItem> {
  if (written.since !== 'stored') return written
  return { ...written, since: (await oldestEntry(db.pool))?.toISOString() }
}

async function reread({ db }: ItemDesk, item: WatchItem): Promise<StoredItem> {
  const [stored] = await listItems(db.pool, [item.id])
  if (stored === undefined) throw new Error(`the watch item ${item.id} was added and is not there`)
  return stored
}

async function isAsked(db: Queryable, { id, question }: WatchItem): Promise<boolean> {
  const plain = (text: string) => text.trim().replace(/\s+/g, ' ').toLowerCase()
  const items = await listItemsBriefly(db, [id])
  return items.some(({ item, state }) => state !== 'retired' && plain(item.question) === plain(question))
}

/** The id itself, or with the first number behind it that makes it free. */
async function freeId(db: Queryable, id: string): Promise<string> {
  if ((await listItemsBriefly(db, [id])).length === 0) return id
  const taken = new Set((await listItemsBriefly(db)).map(({ item }) => item.id))
  let number = 2
  while (taken.has(`${id}-${number}`)) number += 1
  return `${id}-${number}`
}
