import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { documentOf } from '../../src/matching/document.ts'
import type { SeenEntry } from '../../src/matching/entry.ts'
import type { WatchItem } from '../../src/matching/watch-item.ts'
import { createJudge } from '../../src/pipeline/judge.ts'
import type { Telling } from '../../src/status/rejected.ts'
import { initialStanding, type Standing } from '../../src/status/standing.ts'
import { fingerprintOf } from '../../src/stories/fingerprint.ts'
import { shippedKinds } from '../status/shipped-kinds.ts'

const lamp: WatchItem = {
  id: 'lamp',
  question: 'When will Nimbus release the Lumen 3?',
  subject: ['Lumen 3'],
  context: ['Nimbus'],
  about: [],
  kind: 'release',
  topic: 'lamps',
  official: ['nimbus.test'],
  status: 'open',
  expected: null,
  since: new Date('2025-01-01T00:00:00Z'),
}
const judge = createJudge({
  items: [lamp],
  kinds: shippedKinds,
  gradeOf: (outlet) => (outlet === 'press.test' || outlet === 'gazette.test' ? 'established' : 'other'),
})

let count = 0
function entry(at: string, outlet: string, title: string, more: Partial<SeenEntry> = {}): SeenEntry {
  count += 1
  const date = new Date(at)
  const id = `${outlet}/${count}`
  const blank = { text: '', author: null, discussionUrl: null }
  return {
    ...{ id, url: `https://${id}`, outlet, title, ...blank, publishedAt: date, key: `k${count}`, at: date },
    ...more,
  }
}

function told(entries: readonly SeenEntry[], from: { standing?: Standing; muted?: readonly string[] } = {}) {
  let standing = from.standing ?? initialStanding(lamp)
  const reasons: string[] = []
  for (const one of entries)
    for (const reading of judge.read(one)) {
      const judgement = judge.fold(JSON.parse(JSON.stringify(standing)) as Standing, reading, from.muted)
      standing = judgement.standing
      reasons.push(...judgement.decided.map(({ decision }) => decision.reason))
    }
  return { standing, reasons }
}

function tellingOf(one: SeenEntry): Telling {
  const { title, text } = documentOf(one)
  const { outlet, id, at } = one
  return { entryId: `${outlet} ${id}`, outlet, at: at.toISOString(), ...fingerprintOf(one.url, title, text) }
}

const rejecting = (...entries: SeenEntry[]): Standing => ({
  ...initialStanding(lamp),
  rejected: [{ story: entries[0]?.key ?? '', reason: 'not-said', tellings: entries.map(tellingOf) }],
})

describe('a muted outlet', () => {
  const report = entry('2025-03-01', 'press.test', 'Nimbus releases Lumen 3')

  test('decides nothing, and its word is kept with the reason', () => {
    const { standing, reasons } = told([report], { muted: ['press.test'] })
    expect(standing.status).toBe('open')
    expect(standing.readings).toHaveLength(1)
    expect(reasons).toEqual(['press.test is muted for this question'])
    expect(told([report], { muted: ['gazette.test'] }).standing.status).toBe('happened')
  })

  test('corroborates nobody, whether it spoke before it was muted or after', () => {
    const first = entry('2025-03-01', 'blog.test', 'Nimbus releases Lumen 3')
    const second = entry('2025-03-02', 'diary.test', 'The Lumen 3 by Nimbus is now available in shops')
    const before = told([first]).standing
    expect(told([second], { standing: before }).standing.status).toBe('happened')
    expect(told([second], { standing: before, muted: ['blog.test'] }).standing.status).toBe('open')
    const after = told([first], { muted: ['blog.test'] }).standing
    expect(told([second], { standing: after }).standing.status).toBe('open')
  })

  test('takes nothing back either', () => {
    const { standing } = told([report])
    const denial = { ...report, key: 'edited', title: 'Nimbus does not release Lumen 3' }
    expect(told([denial], { standing }).standing.status).toBe('open')
    expect(told([denial], { standing, muted: ['press.test'] }).standing.status).toBe('happened')
  })
})

describe('a rejected story', () => {
  const report = entry(
    '2025-03-01',
    'press.test',
    'Nimbus releases Lumen 3 to all customers in nine countries',
  )

  test('is not told by a copy, within days or weeks', () => {
    for (const at of ['2025-03-02', '2025-04-20']) {
      const copy = entry(at, 'gazette.test', 'Nimbus Releases Lumen 3 to All Customers in Nine Countries')
      const { standing, reasons } = told([copy], { standing: rejecting(report) })
      expect(standing.status).toBe('open')
      expect(reasons).toEqual(['a person rejected this story: not said'])
    }
  })

  test('is not told by any copy, whoever has it, however it is set, whenever within three months', () => {
    const standing = rejecting(report)
    const word = fc.constantFrom(
      (text: string) => text.toUpperCase(),
      (text: string) => text.toLowerCase(),
      (text: string) => text,
    )
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 10, maxLength: 10 }),
        fc.integer({ min: 0, max: 89 }),
        fc.constantFrom('press.test', 'gazette.test', 'blog.test'),
        fc.constantFrom(' - The Press', '!', ' …', ''),
        (cases, days, outlet, end) => {
          const title = report.title
            .split(' ')
            .map((text, n) => cases[n]?.(text) ?? text)
            .join(' ')
          const at = new Date(report.at.getTime() + days * 86_400_000).toISOString()
          return told([entry(at, outlet, title + end)], { standing }).standing.status === 'open'
        },
      ),
      { numRuns: 200 },
    )
  })

  test('is not told at its own address a year later, nor by a copy of a copy', () => {
    const { url, title } = report
    expect(
      told([entry('2026-03-01', 'press.test', title, { url })], { standing: rejecting(report) }).standing
        .status,
    ).toBe('open')
    const text =
      'The company said that the lamp is on the shelves of its partners in nine countries from Monday on.'
    const near = entry('2025-03-02', 'gazette.test', 'Nimbus releases Lumen 3 to all in nine countries', {
      text,
    })
    const far = entry('2025-03-03', 'press.test', 'Lumen 3 by Nimbus goes on sale', { text })
    expect(told([report, near, far], { standing: rejecting(report) }).standing.status).toBe('open')
    expect(told([far]).standing.status).toBe('happened')
  })

  test('is not told by the entry itself, however it is edited', () => {
    const edited = { ...report, key: 'edited', title: 'On sale: Nimbus has launched Lumen 3' }
    expect(told([edited], { standing: rejecting(report) }).standing.status).toBe('open')
  })

  test('hides no other report, no new entry of a page that changes daily, and not the word of the maker', () => {
    const standing = rejecting(report)
    const others = [
      entry('2025-03-02', 'gazette.test', 'The Lumen 3 by Nimbus is now available in shops'),
      entry('2025-06-01', 'press.test', 'Lumen 3 by Nimbus goes on sale', { url: report.url }),
      entry('2025-03-02', 'nimbus.test', report.title),
      entry('2025-09-01', 'gazette.test', report.title),
    ]
    for (const other of others) expect(told([other], { standing }).standing.status).toBe('happened')
  })
})
