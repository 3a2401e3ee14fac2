import { describe, expect, test } from 'vitest'
import { headlineClaim } from './headlines/headline-claim.ts'
import { becomingTables } from './headlines/becoming.ts'
import { buildingTables } from './headlines/building.ts'
import { comingTables } from './headlines/coming.ts'
import { dealingTables } from './headlines/dealing.ts'
import { decidingTables } from './headlines/deciding.ts'
import { decisionTables } from './headlines/decision.ts'
import { gettingTables } from './headlines/getting.ts'
import { happeningTables } from './headlines/happening.ts'
import { implyingTables } from './headlines/implying.ts'
import { measureTables } from './headlines/measure.ts'
import { placingTables } from './headlines/placing.ts'
import { releaseTables } from './headlines/release.ts'
import { reversingTables } from './headlines/reversing.ts'
import { stallingTables } from './headlines/stalling.ts'
import { furtherTellingTables } from './headlines/further-telling.ts'
import { tellingTables } from './headlines/telling.ts'

const tables = [
  ...releaseTables,
  ...decisionTables,
  ...measureTables,
  ...comingTables,
  ...stallingTables,
  ...decidingTables,
  ...dealingTables,
  ...gettingTables,
  ...happeningTables,
  ...tellingTables,
  ...furtherTellingTables,
  ...implyingTables,
  ...buildingTables,
  ...placingTables,
  ...reversingTables,
  ...becomingTables,
]

describe('a headline claims what it says, and nothing more', () => {
  for (const table of tables) {
    describe(table.question.question, () => {
      test.each(table.rows)('%s: %s', (headline, claim) => {
        const found = headlineClaim(table, headline)
        expect(claim.includes(' ') || claim === 'none' ? found : found.split(' ')[0]).toBe(claim)
      })
    })
  }

  test('the tables hold at least 300 headlines', () => {
    expect(tables.flatMap((table) => table.rows).length).toBeGreaterThanOrEqual(300)
  })
})
