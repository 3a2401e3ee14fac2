import { createHash } from 'node:crypto'
import { renderToString } from 'preact-render-to-string'
import type { ItemReport } from '../report/status-report.ts'
import type { BoardSnapshot } from './board-snapshot.ts'
import { ItemCard, ItemRow } from './pages/item-card.tsx'

/** With more questions than these a board has rows in place of cards: two hundred cards nobody reads. */
export const mostCards = 24

const noEntries: readonly number[] = Array<number>(13).fill(0)

/** Each question of a board as HTML, made once for all that look at it. */
export interface BoardCards {
  html(item: ItemReport, as: 'card' | 'row'): string
}

/** Renders the questions of a board when they are first asked for. `isLinked`: whether questions have pages. */
export function createCards(
  { sparks }: Pick<BoardSnapshot, 'sparks'>,
  { isLinked }: { readonly isLinked: boolean },
): BoardCards {
  const made = { card: new Map<string, string>(), row: new Map<string, string>() }
  return {
    html(item, as) {
      const known = made[as].get(item.id)
      if (known !== undefined) return known
      const spark = isLinked ? (sparks.get(item.id) ?? noEntries) : undefined
      const shown = { item, spark, isLinked }
      const Item = as === 'card' ? ItemCard : ItemRow
      const revision = createHash('sha256')
        .update(renderToString(<Item {...shown} />))
        .digest('base64url')
      const html = renderToString(<Item {...shown} revision={revision.slice(0, 8)} />)
      made[as].set(item.id, html)
      return html
    },
  }
}
