import { createJudge, type Judge } from '../../../src/pipeline/judge.ts'
import type { DateWindow } from '../../../src/status/claim.ts'
import { shippedKinds } from '../shipped-kinds.ts'
import type { HeadlineTable } from './table.ts'

const judges = new WeakMap<HeadlineTable, Judge>()

function judgeOf(table: HeadlineTable): Judge {
  const known = judges.get(table)
  if (known) return known
  const item = {
    id: 'asked',
    context: [],
    about: [],
    topic: 'test',
    official: [],
    status: 'open' as const,
    expected: null,
    since: new Date('2020-01-01T00:00:00Z'),
    ...table.question,
  }
  const judge = createJudge({ items: [item], kinds: shippedKinds, gradeOf: () => 'other' })
  judges.set(table, judge)
  return judge
}

const order = ['happened', 'cancelled', 'delayed', 'announced', 'rumoured']

/** The weightiest claim of a headline, and of the summary below it, as the tables write it. */
export function headlineClaim(table: HeadlineTable, headline: string, summary = ''): string {
  const outlet = table.outlet ?? 'daily-paper.test'
  const at = new Date('2025-06-11T09:00:00Z')
  const entry = {
    id: headline,
    url: `https://${outlet}/1`,
    outlet,
    title: headline,
    text: summary,
    author: null,
  }
  const readings = judgeOf(table).read({ ...entry, publishedAt: at, discussionUrl: null, key: '1', at })
  const claims = (readings[0]?.claims ?? []).toSorted(
    (a, b) => order.indexOf(a.signal ?? '') - order.indexOf(b.signal ?? ''),
  )
  const first = claims[0]
  if (!first) return 'none'
  const guarded = first.hedged && first.signal !== 'rumoured' ? '~' : ''
  return `${first.signal ?? 'date'}${guarded}${windowText(first.window)}`
}

function windowText(window: DateWindow | null): string {
  if (window === null) return ''
  return window.granularity === 'none' ? ' none' : ` ${window.from ?? ''}..${window.to ?? ''}`
}
