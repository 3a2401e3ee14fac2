import { expect, test } from 'vitest'
import { buildReport } from '../../src/report/build.ts'
import { unpainted } from '../../src/report/paint.ts'
import { renderItemText } from '../../src/report/render-item-text.ts'
import { renderItemMarkdown, renderMarkdown } from '../../src/report/render-markdown.ts'
import { renderText } from '../../src/report/render-text.ts'
import type { ReportItem, Wishes } from '../../src/report/report-input.ts'
import { noWishes } from '../../src/report/wishes.ts'
import { renderReportPage } from '../../src/web/pages/board-page.tsx'
import { change, reportItem, sampleNow } from './sample.ts'

const day = 86_400_000
const report = (over: Partial<ReportItem>) => buildReport({ items: [reportItem(over)], feeds: [] }, sampleNow)
const wishing = (wishes: Partial<Wishes>, over: Partial<ReportItem> = {}) =>
  report({ ...over, wishes: { ...noWishes, ...wishes } })

test.each([
  [{ snoozedUntil: new Date(sampleNow.getTime() + day) }, 'snoozed until 20 November 2025, 09:30 UTC'],
  [{ snoozedToChange: true }, 'snoozed until its status changes'],
  [{ acknowledgedAt: sampleNow }, 'acknowledged on 19 November 2025'],
  [{ muted: ['example.com'] }, 'example.com is muted'],
] as const)('what people asked for is plain on the terminal and on the page: %j', (wishes, text) => {
  expect(renderText(wishing(wishes), 100, unpainted)).toContain(text)
  expect(renderReportPage(wishing(wishes))).toContain(text)
  expect(renderMarkdown(wishing(wishes)).replaceAll('\\', '')).toContain(text)
})

test('a snooze that is over is not shown, nor an acknowledgement of what has changed since', () => {
  expect(wishing({ snoozedUntil: sampleNow }).items[0]?.wishes.snoozedUntil).toBeNull()
  const changes = [change('2025-08-05', {})]
  const seen = (at: string) =>
    wishing({ acknowledgedAt: new Date(at) }, { changes }).items[0]?.wishes.acknowledgedAt
  expect(seen('2025-08-06T00:00:00Z')).toEqual(new Date('2025-08-06T00:00:00Z'))
  expect(seen('2025-08-05T00:00:00Z')).toBeNull()
})

test('a rejected sentence carries nothing any more; in the history it stands as rejected, why and when', () => {
  const rejected = {
    at: new Date('2025-08-06T00:00:00Z'),
    words: 'not said',
    note: 'it is <b>another</b> one',
  }
  const [first, second] = [change('2025-08-05', {}), change('2025-08-07', {})]
  const changes = [{ ...first, evidence: first.evidence.map((one) => ({ ...one, rejected })) }]
  const standing = {
    status: 'announced' as const,
    ...{ since: sampleNow, expected: null, disputed: false, evidence: second.evidence },
  }
  const shown = report({ changes, standing })
  const [item] = shown.items
  if (item === undefined) throw new Error('the item is not in the report')
  expect(item.evidence).toEqual(second.evidence)
  expect(renderItemText(item, sampleNow, 100, unpainted)).toContain(
    'rejected by a person on 6 August 2025: not said - it is <b>another</b> one',
  )
  expect(renderItemMarkdown(item)).toContain('rejected by a person on 6 August 2025')
  expect(renderItemMarkdown(item)).not.toContain('<b>')
})
