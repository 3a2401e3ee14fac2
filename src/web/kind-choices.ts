import type { Desk } from './desk.ts'
import type { KindChoice } from './pages/item-fields.tsx'

/** The kinds of questions to choose from, as forms show them. */
export function kindsOf(desk: Pick<Desk, 'config'>): KindChoice[] {
  return [...desk.config().kinds.values()].map(({ id, description }) => ({ id, description }))
}
