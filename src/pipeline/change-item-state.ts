import type { EditKind } from '../store/item-edits.ts'
import { recordEdit } from '../store/item-edits.ts'
import { lockItems, setItemState, type ItemState } from '../store/watch-items.ts'
import { managedBy, type Actor, type ItemDesk, type Managed } from './item-desk.ts'
import { judgeAnew } from './judge-anew.ts'

/** What people do to a question as a whole. */
export type ItemChange = 'pause' | 'resume' | 'remove'

/** What came of pausing, resuming or removing an item. */
export type ChangedState =
  | { readonly kind: 'changed'; readonly itemId: string; readonly state: ItemState }
  | { readonly kind: 'already'; readonly itemId: string; readonly state: ItemState }
  /** It was removed: it can be neither paused nor resumed. */
  | { readonly kind: 'removed'; readonly itemId: string }
  | { readonly kind: 'no-item'; readonly itemId: string }
  /** The configuration manages it: it can be paused here but is removed there. */
  | Managed

const states = {
  pause: { state: 'paused', what: 'paused' },
  resume: { state: 'watching', what: 'resumed' },
  remove: { state: 'retired', what: 'removed' },
} as const satisfies Record<ItemChange, { readonly state: ItemState; readonly what: EditKind }>

/** Pauses, resumes or removes an item. What came while it was paused is judged, silently, when it is resumed. */
export async function changeItemState(
  itemId: string,
  change: ItemChange,
  { via }: Actor,
  desk: ItemDesk,
): Promise<ChangedState> {
  const now = desk.clock.now()
  const { state, what } = states[change]
  const changed = await desk.db.transaction(async (tx): Promise<ChangedState> => {
    const [stored] = await lockItems(tx, [itemId])
    if (stored === undefined) return { kind: 'no-item', itemId }
    if (stored.state === state) return { kind: 'already', itemId, state }
    if (stored.state === 'retired') return { kind: 'removed', itemId }
    if (state === 'retired' && stored.origin === 'config') return managedBy(itemId, desk.config())
    await setItemState(tx, itemId, state, now)
    await recordEdit(tx, { itemId, what, changes: [], via, at: now })
    return { kind: 'changed', itemId, state }
  })
  if (changed.kind === 'changed' && change === 'resume')
    await judgeAnew(itemId, { ...desk, why: 'what came while it was paused was judged' })
  return changed
}
