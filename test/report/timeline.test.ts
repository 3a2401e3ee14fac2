import { expect, test } from 'vitest'
import { buildReport } from '../../src/report/build.ts'
import type { ReportChange, ReportClaim } from '../../src/report/report-input.ts'
import { buildTimeline } from '../../src/report/timeline.ts'
import type { DateWindow } from '../../src/status/claim.ts'
import { change, reportItem } from './sample.ts'

const day = (text: string) => new Date(`${text}T00:00:00Z`)
const begun = { status: 'open', at: day('2025-01-01') } as const
const june: DateWindow = { from: '2025-06-01', to: '2025-06-30', granularity: 'month', text: 'in June' }

function timeline(changes: readonly ReportChange[], claims: readonly ReportClaim[], now: Date) {
  const last = changes.at(-1)
  const standing = {
    status: last?.to ?? begun.status,
    since: last?.at ?? begun.at,
    expected: last?.expectedTo ?? null,
    disputed: false,
  }
  const input = { items: [reportItem({ changes, claims, standing })], feeds: [] }
  const [item] = buildReport(input, now).items
  if (item === undefined) throw new Error('the item is not in the report')
  return buildTimeline({ item, begun, claims, now })
}

function claim(at: string, outlet: string, over: Partial<ReportClaim> = {}): ReportClaim {
  return {
    ...{ url: `https://${outlet}/${at}`, outlet, quote: `said on ${at}`, at: day(at), signal: 'announced' },
    ...{ certainty: 'reported', window: null, decided: false, reason: 'known' },
    ...over,
  }
}

test('each status is a band from when it came to when the next one did, the last until now', () => {
  const changes = [
    change('2025-03-01', { from: 'open', to: 'announced', expectedTo: june }),
    change('2025-06-10', { from: 'announced', to: 'delayed' }),
  ]
  const { bands, now } = timeline(changes, [], day('2025-08-01'))
  expect(bands.map(({ status, from, to }) => [status, from, to])).toEqual([
    ['open', begun.at, changes[0]?.at],
    ['announced', changes[0]?.at, changes[1]?.at],
    ['delayed', changes[1]?.at, day('2025-08-01')],
  ])
  expect(now).toEqual(day('2025-08-01'))
})

test('a story that is over ends a while after it, however long ago that was', () => {
  const changes = [change('2025-03-01', { from: 'open', to: 'happened' })]
  const { to, now } = timeline(changes, [], day('2027-01-01'))
  expect(to < day('2025-05-01')).toBe(true)
  expect(to > day('2025-03-02')).toBe(true)
  expect(now).toBeNull()
})

test('promised dates stand with when they were promised and for when, told once', () => {
  const changes = [
    change('2025-03-01', { from: 'open', to: 'announced', expectedTo: june }),
    change('2025-03-05', { kind: 'date', from: 'announced', to: 'announced', expectedTo: june }),
  ]
  const { promises, to } = timeline(changes, [], day('2025-04-01'))
  expect(promises).toEqual([
    { at: changes[0]?.at, words: 'in June', from: day('2025-06-01'), to: day('2025-07-01') },
  ])
  expect(to > day('2025-05-01')).toBe(true)
})

test('what was said stands in lanes by outlet, those that decided first; too many share one', () => {
  const deciding = claim('2025-02-01', 'small.example', { decided: true, reason: null })
  const others = Array.from({ length: 12 }, (_, n) =>
    Array.from({ length: 2 + (n % 3) }, (__, k) => claim(`2025-03-${10 + k}`, `outlet${n}.example`)),
  )
  const { lanes } = timeline([], [deciding, ...others.flat()], day('2025-04-01'))
  expect(lanes).toHaveLength(7)
  expect(lanes[0]?.outlet).toBe('small.example')
  expect(lanes.at(-1)?.outlet).toBe('7 others')
  expect(lanes.flatMap(({ points }) => points)).toHaveLength(1 + others.flat().length)
})

test('of what decided nothing only the newest is drawn, of what carried a change everything', () => {
  const carried = change('2025-01-05', { from: 'open', to: 'announced' })
  const [evidence] = carried.evidence
  if (evidence === undefined) throw new Error('the sample change has no evidence')
  const deciding = claim('2025-01-05', 'press.example', { url: evidence.url, quote: evidence.quote })
  const many = Array.from({ length: 100 }, (_, n) =>
    claim(new Date(Date.UTC(2025, 1, 1 + n)).toISOString().slice(0, 10), 'press.example'),
  )
  const points = timeline([carried], [deciding, ...many], day('2025-08-01')).lanes.flatMap(
    (lane) => lane.points,
  )
  expect(points).toHaveLength(61)
  expect(points.find(({ change: number }) => number === carried.sequence)).toMatchObject({ decided: true })
  expect(points.some(({ at }) => at < day('2025-02-01') && at > day('2025-01-05'))).toBe(false)
})
