import { isDeepStrictEqual } from 'node:util'
import type { WatchItem } from '../matching/watch-item.ts'
import type { FieldChange } from '../store/item-edits.ts'
import { recordEdit } from '../store/item-edits.ts'
import { listItems, lockItems, updateItem, type StoredItem } from '../store/watch-items.ts'
import { withSince } from './add-item.ts'
import { managedBy, type Actor, type ItemDesk, type Managed } from './item-desk.ts'
import { judgeAnew } from './judge-anew.ts'
import { readWrittenItem, type FieldProblem, type WrittenItem } from './written-item.ts'

/** What is to be changed about an item: what is left out stays. The id stays in any case. */
export type ItemEdits = Partial<Omit<WrittenItem, 'id'>>

/** What came of editing a watch item. */
export type EditedItem =
  | {
      readonly kind: 'edited'
      readonly stored: StoredItem
      readonly changes: readonly FieldChange[]
      /** Whether the stored entries were judged anew: not where only the topic changed. */
      readonly judgedAnew: boolean
    }
  | { readonly kind: 'unchanged'; readonly stored: StoredItem }
  /** It was changed by somebody else since it was read. */
  | { readonly kind: 'stale'; readonly itemId: string }
  | { readonly kind: 'invalid'; readonly problems: readonly FieldProblem[] }
  | { readonly kind: 'removed'; readonly itemId: string }
  | { readonly kind: 'no-item'; readonly itemId: string }
  | Managed

/** Somebody who edits, and how they know the definition that they edit. */
export interface Editor extends Actor {
  /** Whether the definition is the one that they have read; any one will do when left out. */
  readonly knows?: (stored: StoredItem) => boolean
}

/**
 * Changes the definition of an item that people added, and writes down what changed. Where that may change what it is
 * told, it is judged anew over the stored entries, without telling anybody of old news.
 */
export async function editItem(
  itemId: string,
  edits: ItemEdits,
  { via, knows }: Editor,
  desk: ItemDesk,
): Promise<EditedItem> {
  const now = desk.clock.now()
  const edited = await desk.db.transaction(async (tx) => {
    const [stored] = await lockItems(tx, [itemId])
    if (stored === undefined) return { kind: 'no-item', itemId } as const
    if (stored.origin === 'config') return managedBy(itemId, desk.config())
    if (stored.state === 'retired') return { kind: 'removed', itemId } as const
    if (knows?.(stored) === false) return { kind: 'stale', itemId } as const
    const written = await withSince({ ...writtenOf(stored.item), ...given(edits), id: itemId }, desk)
    const read = readWrittenItem(written, { kinds: desk.config().kinds, since: stored.item.since })
    if (read.kind === 'invalid') return read
    const changes = changesBetween(stored.item, read.item)
    if (changes.length === 0) return { kind: 'unchanged', stored } as const
    await updateItem(tx, read.item, { origin: stored.origin, now })
    await recordEdit(tx, { itemId, what: 'edited', changes, via, at: now })
    return { kind: 'edited', changes } as const
  })
  if (edited.kind !== 'edited') return edited
  const matters = edited.changes.some(({ field }) => field !== 'topic')
  if (matters) await judgeAnew(itemId, { ...desk, why: 'the question was edited' })
  const [stored] = await listItems(desk.db.pool, [itemId])
  if (stored === undefined) return { kind: 'no-item', itemId }
  return { kind: 'edited', stored, changes: edited.changes, judgedAnew: matters }
}

/** An item as a person would write it. */
export function writtenOf({ since, ...item }: WatchItem): WrittenItem & { readonly id: string } {
  return { ...item, since: since.toISOString() }
}

function given(edits: ItemEdits): ItemEdits {
  return Object.fromEntries(Object.entries(edits).filter(([, value]) => value !== undefined))
}

function changesBetween(before: WatchItem, after: WatchItem): FieldChange[] {
  const fields = Object.keys(before) as (keyof WatchItem)[]
  return fields
    .filter((field) => !isDeepStrictEqual(before[field], after[field]))
    .map((field) => ({ field, before: before[field], after: after[field] }))
}
