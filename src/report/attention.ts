import type { ItemReport } from './status-report.ts'

/** What a person should look at first: "1 blind", "1 overdue", "2 disputed". */
export function attention(items: readonly ItemReport[]): readonly string[] {
  const overdue = items.filter((item) => item.overdue !== null).length
  const disputed = items.filter((item) => item.disputed).length
  const blind = items.filter((item) => item.sight.blindSince !== null).length
  return [
    ...(blind > 0 ? [`${blind} blind`] : []),
    ...(overdue > 0 ? [`${overdue} overdue`] : []),
    ...(disputed > 0 ? [`${disputed} disputed`] : []),
  ]
}
