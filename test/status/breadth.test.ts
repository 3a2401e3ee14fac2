import { describe, expect, test } from 'vitest'
import { loadBreadth, type BreadthQuestion, type BreadthRow } from './breadth/load-breadth.ts'
import { headlineClaim } from './headlines/headline-claim.ts'

interface Share {
  readonly right: number
  readonly all: number
}

/** Whether a row is read as it should be; a guarded announcement is as good as a rumour. */
function isRight({ table }: BreadthQuestion, row: BreadthRow): boolean {
  const [found = ''] = headlineClaim(table, row.headline, row.summary).split(' ')
  return row.claims.includes(found) || (row.claims.includes('rumoured') && found === 'announced~')
}

function shareOf(questions: readonly BreadthQuestion[], isCounted: (row: BreadthRow) => boolean): Share {
  const read = questions.flatMap((question) =>
    question.rows.filter(isCounted).map((row) => isRight(question, row)),
  )
  return { right: read.filter(Boolean).length, all: read.length }
}

const states = (row: BreadthRow): boolean => !row.claims.includes('none')
const isSilent = (row: BreadthRow): boolean => row.claims.includes('none')

/*
 * The tables were written before anybody looked at what the rules make of them. Every other question, from the first on, was
 * then worked on; the rest was only ever counted, so that its share tells how the rules do on what nobody has seen.
 */
describe('the breadth of what the news can say', () => {
  const questions = loadBreadth()
  const opened = questions.filter((_, at) => at % 2 === 0)
  const sealed = questions.filter((_, at) => at % 2 === 1)

  test('the tables hold 94 questions with ten headlines each', () => {
    expect(questions).toHaveLength(94)
    expect(questions.every((question) => question.rows.length === 10)).toBe(true)
  })

  test.each([
    ['opened', opened, 0.85, 0.95],
    ['sealed', sealed, 0.56, 0.96],
  ] as const)('of the %s questions as much is read as ever was', (_, some, stating, silent) => {
    const told = shareOf(some, states)
    expect(told.right / told.all).toBeGreaterThanOrEqual(stating)
    const quiet = shareOf(some, isSilent)
    expect(quiet.right / quiet.all).toBeGreaterThanOrEqual(silent)
  })
})
