import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SeenEntry } from '../../src/matching/entry.ts'
import type { WatchItem } from '../../src/matching/watch-item.ts'
import { createJudge, type Judge } from '../../src/pipeline/judge.ts'
import type { Decision } from '../../src/status/decision.ts'
import { initialStanding, type Standing } from '../../src/status/standing.ts'
import { shippedKinds } from '../status/shipped-kinds.ts'

const lamp: WatchItem = {
  id: 'lamp',
  question: 'When will Nimbus release the Lumen 3?',
  subject: ['Lumen 3'],
  context: ['Nimbus'],
  about: [],
  kind: 'release',
  topic: 'lamps',
  official: [],
  status: 'open',
  expected: null,
  since: new Date('2025-01-01T00:00:00Z'),
}

const press = new Set(['press.test', 'gazette.test'])
const judgeOf = (...items: WatchItem[]): Judge =>
  createJudge({
    items,
    kinds: shippedKinds,
    gradeOf: (outlet) => (press.has(outlet) ? 'established' : 'other'),
  })

let count = 0
function entry(at: string, outlet: string, title: string, more: Partial<SeenEntry> = {}): SeenEntry {
  count += 1
  const date = new Date(at)
  const id = `${outlet}/${count}`
  const url = `https://${id}`
  const blank = { text: '', author: null, discussionUrl: null }
  return { id, url, outlet, title, ...blank, publishedAt: date, key: `k${count}`, at: date, ...more }
}

/** What the entries change, in their order, and where the question stands then. */
function told(entries: readonly SeenEntry[], item = lamp) {
  const judge = judgeOf(item)
  let standing: Standing = initialStanding(item)
  const decisions: Decision[] = []
  for (const one of entries) {
    for (const reading of judge.read(one)) {
      const judgement = judge.fold(JSON.parse(JSON.stringify(standing)) as Standing, reading)
      standing = judgement.standing
      decisions.push(...judgement.decided.map(({ decision }) => decision))
    }
  }
  const moves = decisions.flatMap((d) =>
    d.kind === 'status-changed' ? [d.to] : d.kind === 'date-changed' ? [`${d.status}, date`] : [],
  )
  return { standing, decisions, moves }
}

describe('the life of a question', () => {
  test('from a rumour to the thing itself, each told once', () => {
    const { moves, standing } = told([
      entry('2025-02-01', 'press.test', 'Nimbus might release Lumen 3 this year'),
      entry('2025-03-01', 'press.test', 'Nimbus to release Lumen 3 in June'),
      entry('2025-03-02', 'gazette.test', 'Nimbus will release Lumen 3 in June'),
      entry('2025-05-20', 'press.test', 'Nimbus delays Lumen 3 to August'),
      entry('2025-05-21', 'gazette.test', 'Nimbus Lumen 3 is delayed to August'),
      entry('2025-07-20', 'press.test', 'Nimbus delays Lumen 3 again, to October'),
      entry('2025-10-01', 'press.test', 'Nimbus releases Lumen 3'),
      entry('2025-10-02', 'gazette.test', 'Nimbus Lumen 3 is here'),
    ])
    expect(moves).toEqual(['rumoured', 'announced', 'delayed', 'delayed, date', 'happened'])
    expect(standing).toMatchObject({ status: 'happened', since: '2025-10-01T00:00:00.000Z', disputed: false })
  })

  test('the promised date is told when it is given, made narrower or moved', () => {
    const { moves, standing } = told([
      entry('2025-03-01', 'press.test', 'Nimbus announces Lumen 3'),
      entry('2025-04-01', 'press.test', 'Nimbus will release Lumen 3 in the second half of 2025'),
      entry('2025-05-01', 'press.test', 'Nimbus to release Lumen 3 in September'),
      entry('2025-05-09', 'press.test', 'Nimbus to launch Lumen 3 in the second half of the year'),
      entry('2025-06-01', 'press.test', 'Nimbus to release Lumen 3 on September 9'),
    ])
    expect(moves).toEqual(['announced', 'announced, date', 'announced, date', 'announced, date'])
    expect(standing.expected).toMatchObject({ from: '2025-09-09', granularity: 'day' })
  })

  test('a new date ends a delay that had none, and only moves one that had', () => {
    const end = entry('2025-09-01', 'press.test', 'Nimbus to release Lumen 3 in November')
    const bare = told([entry('2025-03-01', 'press.test', 'Nimbus delays Lumen 3 indefinitely'), end])
    expect(bare.moves).toEqual(['delayed', 'announced'])
    const dated = told([entry('2025-03-01', 'press.test', 'Nimbus delays Lumen 3 to October'), end])
    expect(dated.moves).toEqual(['delayed', 'delayed, date'])
  })

  test('a thing cancelled may come back', () => {
    const { moves } = told([
      entry('2025-03-01', 'press.test', 'Nimbus cancels Lumen 3'),
      entry('2025-08-01', 'press.test', 'Nimbus to release Lumen 3 after all'),
    ])
    expect(moves).toEqual(['cancelled', 'announced'])
  })

  test('what happened stays so, whatever is written later', () => {
    const { moves, standing } = told([
      entry('2025-03-01', 'press.test', 'Nimbus releases Lumen 3'),
      entry('2025-03-03', 'gazette.test', 'Nimbus delays Lumen 3'),
      entry('2025-04-03', 'gazette.test', 'Nimbus announces Lumen 3'),
    ])
    expect(moves).toEqual(['happened'])
    expect(standing.disputed).toBe(true)
  })

  test('an older entry that comes late moves nothing back', () => {
    const { moves } = told([
      entry('2025-06-01', 'press.test', 'Nimbus delays Lumen 3'),
      entry('2025-03-01', 'gazette.test', 'Nimbus cancels Lumen 3'),
    ])
    expect(moves).toEqual(['delayed'])
  })

  test('entries from before the watch began are not read', () => {
    expect(judgeOf(lamp).read(entry('2024-06-01', 'press.test', 'Nimbus releases Lumen 3'))).toEqual([])
  })
})

describe('evidence', () => {
  test("the maker's own word is enough", () => {
    const { decisions } = told([entry('2025-03-01', 'nimbus.com', 'Introducing Lumen 3')])
    expect(decisions[0]).toMatchObject({ kind: 'status-changed', to: 'happened', certainty: 'official' })
  })

  test('one unknown outlet is not', () => {
    const { moves, decisions } = told([entry('2025-03-01', 'blog.test', 'Nimbus releases Lumen 3')])
    expect(moves).toEqual([])
    expect(decisions[0]).toMatchObject({ kind: 'unchanged', reason: 'only blog.test says so' })
  })

  test('two unknown outlets are, and both are the evidence', () => {
    const { decisions } = told([
      entry('2025-03-01', 'blog.test', 'Nimbus releases Lumen 3'),
      entry('2025-03-02', 'diary.test', 'The Lumen 3 by Nimbus is now available in shops'),
    ])
    const last = decisions.at(-1)
    expect(last).toMatchObject({ kind: 'status-changed', to: 'happened', certainty: 'reported' })
    expect(last?.kind === 'status-changed' && last.evidence.map((claim) => claim.outlet)).toEqual([
      'diary.test',
      'blog.test',
    ])
  })

  test('copies of one story are not two', () => {
    const { moves } = told([
      entry('2025-03-01', 'blog.test', 'Nimbus releases Lumen 3 to all customers in nine countries'),
      entry('2025-03-02', 'diary.test', 'Nimbus Releases Lumen 3 To All Customers In Nine Countries'),
    ])
    expect(moves).toEqual([])
  })

  test('nor are reports of one report', () => {
    const { moves } = told([
      entry('2025-03-01', 'blog.test', 'Nimbus delays Lumen 3, Reuters reports'),
      entry('2025-03-02', 'diary.test', 'Lumen 3 by Nimbus is postponed, according to Reuters'),
    ])
    expect(moves).toEqual([])
  })

  test('hearsay of an established outlet is no fact', () => {
    const { moves } = told([entry('2025-03-01', 'press.test', 'Nimbus reportedly delays Lumen 3')])
    expect(moves).toEqual([])
  })

  test('a question of its own outlets takes their word', () => {
    const own = { ...lamp, official: ['lamp-club.test'] }
    const { moves } = told([entry('2025-03-01', 'lamp-club.test', 'Nimbus has released Lumen 3')], own)
    expect(moves).toEqual(['happened'])
  })
})

describe('a revision', () => {
  const first = entry('2025-03-01', 'press.test', 'Nimbus releases Lumen 3 in nine countries')

  test('that takes the evidence away corrects the change', () => {
    const { decisions, standing } = told([
      first,
      { ...first, key: 'second', title: 'Nimbus does not release Lumen 3 in nine countries' },
    ])
    expect(decisions.at(-1)).toMatchObject({
      kind: 'status-changed',
      from: 'happened',
      to: 'open',
      corrected: true,
    })
    expect(standing.status).toBe('open')
  })

  test('that says the same changes nothing', () => {
    const { moves } = told([
      first,
      { ...first, key: 'second', title: 'Nimbus releases Lumen 3 in ten countries' },
    ])
    expect(moves).toEqual(['happened'])
  })

  test('leaves a change alone that others carry as well', () => {
    const { standing } = told([
      first,
      entry('2025-03-02', 'gazette.test', 'Nimbus Lumen 3 goes on sale'),
      { ...first, key: 'second', title: 'Nimbus does not release Lumen 3 in nine countries' },
    ])
    expect(standing.status).toBe('happened')
  })
})

describe('a judge', () => {
  test('takes watch items on and off while it runs', () => {
    const judge = judgeOf()
    const one = entry('2025-03-01', 'press.test', 'Nimbus releases Lumen 3')
    expect(judge.read(one)).toHaveLength(0)
    judge.add(lamp)
    expect(judge.read(one)).toHaveLength(1)
    judge.remove('lamp')
    expect(judge.read(one)).toHaveLength(0)
  })

  test('refuses a watch item of a kind that is not there', () => {
    expect(() => judgeOf({ ...lamp, kind: 'weather' })).toThrow('config/kinds/weather.yaml')
  })

  test('reads the text below a title that says nothing', () => {
    const text = 'Nimbus has news. The Lumen 3 will be released on 9 September, it said. Shops are glad.'
    const { decisions } = told([entry('2025-03-01', 'press.test', 'News from Nimbus', { text })])
    expect(decisions[0]).toMatchObject({ to: 'announced', expected: { from: '2025-09-09' } })
  })

  test('follows a text that takes the subject up again', () => {
    const text = 'Nimbus shows its Lumen 3. The company is aiming for an early summer launch.'
    const { decisions } = told([entry('2025-03-01', 'press.test', 'A lamp', { text })])
    expect(decisions[0]).toMatchObject({ to: 'announced', expected: { text: 'early summer' } })
  })

  test('quotes nothing but what the entry says, whatever the entry', () => {
    const judge = judgeOf(lamp)
    const parts = fc.constantFrom(
      ...[
        'Nimbus',
        'Lumen 3',
        'releases',
        'will',
        'delays',
        'the',
        '“',
        '’s',
        '. ',
        '\n',
        'in August',
        '—',
        '?',
        'not',
      ],
      ...[
        'has been',
        'to',
        'cancelled',
        'reportedly',
        '(',
        ')',
        '한국',
        'é',
        '\u00a0',
        ', ',
        'is here',
        'U.S.',
        '5.1',
      ],
    )
    const words = fc.array(parts, { maxLength: 25 }).map((list) => list.join(' '))
    fc.assert(
      fc.property(words, words, (title, text) => {
        for (const reading of judge.read(entry('2025-03-01', 'press.test', title, { text }))) {
          for (const { quote, window } of reading.claims) {
            expect(`${title}\u0000${text}`).toContain(quote)
            if (window) expect(quote).toContain(window.text)
          }
        }
      }),
      { numRuns: 1500 },
    )
  })

  test('gives readings and standings that survive JSON', () => {
    const judge = judgeOf(lamp)
    const [reading] = judge.read(entry('2025-03-01', 'press.test', 'Nimbus delays Lumen 3 to May'))
    if (!reading) throw new Error('the entry was not read')
    const { standing } = judge.fold(initialStanding(lamp), reading)
    expect(JSON.parse(JSON.stringify(standing))).toEqual(standing)
  })

  test('remembers no more than it must', () => {
    const many = Array.from({ length: 260 }, (_, i) =>
      entry(
        new Date(Date.UTC(2025, 2, 1, i)).toISOString(),
        'blog.test',
        `Nimbus and the Lumen 3, part ${i + 1}`,
      ),
    )
    expect(told(many).standing.readings).toHaveLength(200)
  })
})

test.each([
  ['one sentence without end', 'Nimbus will release Lumen 3 and '],
  ['a name said again and again', 'Lumen 3 Nimbus '],
  ['sentences without end', 'Nimbus will release Lumen 3. '],
])('%s costs no more time than an article does', (_, words) => {
  const judge = judgeOf(lamp)
  const text = words.repeat(400_000 / words.length)
  const before = process.cpuUsage()
  judge.read(entry('2025-08-01T00:00:00Z', 'blog.test', 'Lumen 3', { text }))
  // by the square of the length it would be minutes, by the cube days
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(5000)
})
