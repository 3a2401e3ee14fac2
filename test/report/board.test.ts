import { expect, test } from 'vitest'
import { boardCounts, boardSections, filterItems, topicsOf } from '../../src/report/board.ts'
import { buildReport } from '../../src/report/build.ts'
import { change, everyStanding, reportItem, sampleNow, watchItem } from './sample.ts'

const { items } = buildReport(everyStanding, sampleNow)
const ids = (shown: readonly { readonly id: string }[]) => shown.map(({ id }) => id)

test('what is late, disputed or not to be seen comes first, what is answered and paused last', () => {
  const sections = boardSections(items)
  expect(sections.map(({ kind }) => kind)).toEqual(['attention', 'waiting', 'answered', 'paused'])
  expect(ids(sections.flatMap((section) => section.items)).toSorted()).toEqual(ids(items).toSorted())
  const [attention] = sections
  expect(attention?.items.every((item) => item.overdue !== null || item.disputed)).toBe(true)
})

test('within a section what moved last comes first; what is paused has a section of its own', () => {
  const older = reportItem({ item: watchItem({ id: 'older' }), changes: [change('2025-06-01', {})] })
  const newer = reportItem({ item: watchItem({ id: 'newer' }), changes: [change('2025-07-01', {})] })
  const paused = reportItem({ item: watchItem({ id: 'paused' }), state: 'paused' })
  const report = buildReport({ items: [older, paused, newer], feeds: [] }, sampleNow)
  expect(boardSections(report.items).map(({ items: shown }) => ids(shown))).toEqual([
    ['newer', 'older'],
    ['paused'],
  ])
})

test('questions are filtered by status, topic and words that all occur', () => {
  const announced = filterItems(items, { status: 'announced' })
  expect(announced.length).toBeGreaterThan(0)
  expect(announced.every(({ status }) => status === 'announced')).toBe(true)
  expect(filterItems(items, { status: 'attention' }).length).toBeGreaterThan(0)
  const [first] = items
  if (first === undefined) throw new Error('the sample is empty')
  expect(ids(filterItems(items, { text: first.id.toUpperCase() }))).toContain(first.id)
  expect(filterItems(items, { text: `${first.id} nowhere-at-all` })).toEqual([])
  expect(filterItems(items, { topic: 'no such topic' })).toEqual([])
  expect(filterItems(items, {})).toEqual(items)
})

test('the counts are those of the filters, and none is told of a status that no question has', () => {
  for (const { status, count } of boardCounts(items))
    expect(filterItems(items, { status })).toHaveLength(count)
  expect(
    boardCounts(items.filter((item) => item.status === 'open')).map(({ status }) => status),
  ).not.toContain('happened')
})

test('topics are told once, in the order of the alphabet', () => {
  const of = (topic: string, id: string) => reportItem({ item: watchItem({ id, topic }) })
  const report = buildReport({ items: [of('b', '1'), of('a', '2'), of('b', '3')], feeds: [] }, sampleNow)
  expect(topicsOf(report.items)).toEqual(['a', 'b'])
})
