import type { Routing } from '../alerts/route.ts'
import { slippageLine } from '../report/slippage.ts'
import type { AttendedItem } from '../store/attention.ts'
import type { Queryable } from '../store/database.ts'
import { changesOf } from '../store/judgements.ts'

/** What raising an alert about an item needs. */
export interface RaiseItemOptions {
  readonly now: Date
  readonly routing: Routing
  /** Where the item's page is; null when there is no page. */
  readonly reportUrl: (itemId: string) => string | null
}

/** The part that alerts share which no entry brought: the item and where it stands. */
export function aboutItem(item: AttendedItem, reportUrl: RaiseItemOptions['reportUrl']) {
  const { id, question, topic, status, since } = item
  return { item: { id, question, topic }, reportUrl: reportUrl(id), status, since }
}

/** How the promised dates of items moved so far. */
export async function slippages(
  db: Queryable,
  items: readonly AttendedItem[],
): Promise<(item: AttendedItem) => readonly string[]> {
  if (items.length === 0) return () => []
  const history = await changesOf(
    db,
    items.map((item) => item.id),
  )
  return ({ id, promised }) => slippageLine(promised, history.get(id) ?? [])
}
