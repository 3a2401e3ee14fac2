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
  /** Those of the next board: what is known to be the same is not made anew. */
  next(snapshot: BoardSnapshot): BoardCards
}

/** Renders the questions of a board when they are first asked for; they lead to pages of their own. */
export function createCards(
  { sparks, revisions }: BoardSnapshot,
  before: ReadonlyMap<string, string> = new Map(),
): BoardCards {
  const made = new Map<string, string>()
  return {
    html(item, as) {
      const revision = revisions.get(item.id) ?? ''
      const name = `${as} ${item.id} ${revision}`
      const known = made.get(name) ?? before.get(name)
      const html =
        known ?? render({ item, spark: sparks.get(item.id) ?? noEntries, isLinked: true, revision }, as)
      made.set(name, html)
      return html
    },
    next: (snapshot) => createCards(snapshot, made),
  }
}

/** Renders the questions of a report where there is nothing else: no pages of questions, no counts of entries. */
export function createPlainCards(): Pick<BoardCards, 'html'> {
  return { html: (item, as) => render({ item, spark: undefined, isLinked: false }, as) }
}

function render(shown: Parameters<typeof ItemCard>[0], as: 'card' | 'row'): string {
  return renderToString(as === 'card' ? <ItemCard {...shown} /> : <ItemRow {...shown} />)
}
