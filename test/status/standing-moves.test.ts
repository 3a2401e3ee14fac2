import { describe, expect, test } from 'vitest'
import { createJudge } from '../../src/pipeline/judge.ts'
import { initialStanding, type Standing } from '../../src/status/standing.ts'
import type { Grade } from '../../src/status/status.ts'
import { shippedKinds } from './shipped-kinds.ts'

interface Told {
  readonly day: string
  readonly outlet: string
  readonly title: string
  readonly text?: string
}

const question = {
  id: 'kestrel',
  question: 'When will Halcyon launch Kestrel 2?',
  subject: ['Kestrel 2'],
  context: ['Halcyon'],
  about: [],
  kind: 'release',
  topic: 'test',
  official: [],
  status: 'open' as const,
  expected: null,
  since: new Date('2025-01-01T00:00:00Z'),
}

const gradeOf = (outlet: string): Grade => (outlet === 'daily-paper.test' ? 'established' : 'other')

/** Where the question stands after the entries were told in their order. */
function after(entries: readonly Told[]): Standing {
  const judge = createJudge({ items: [question], kinds: shippedKinds, gradeOf })
  let standing = initialStanding(question)
  for (const [index, { day, outlet, title, text = '' }] of entries.entries()) {
    const at = new Date(`${day}T09:00:00Z`)
    const id = String(index)
    const url = `https://${outlet}/${id}`
    const entry = {
      id,
      url,
      outlet,
      title,
      text,
      author: null,
      publishedAt: at,
      discussionUrl: null,
      key: id,
      at,
    }
    for (const reading of judge.read(entry)) standing = judge.fold(standing, reading).standing
  }
  return standing
}

const press = 'daily-paper.test'

describe('whose word it is decides how much is needed', () => {
  test.each([
    ['halcyon.com', 'happened'],
    ['blog.halcyon.com', 'happened'],
    ['halcyon-news.com', 'open'],
    ['halcyon.xyz', 'open'],
    ['someone.test', 'open'],
  ])('an outlet named %s: %s', (outlet, status) => {
    expect(after([{ day: '2025-06-02', outlet, title: 'Halcyon launches Kestrel 2' }]).status).toBe(status)
  })

  test('the bare name as the title of a page of the maker says that it came out', () => {
    expect(after([{ day: '2025-06-02', outlet: 'halcyon.com', title: 'Kestrel 2' }]).status).toBe('happened')
    expect(after([{ day: '2025-06-02', outlet: press, title: 'Halcyon Kestrel 2' }]).status).toBe('open')
  })
})

describe('what is said guardedly', () => {
  test('is a rumour where nothing is known', () => {
    const title = 'Halcyon will reportedly launch Kestrel 2 in August'
    expect(after([{ day: '2025-06-02', outlet: press, title }]).status).toBe('rumoured')
  })

  test('moves nothing where more is known', () => {
    const told = [
      { day: '2025-06-02', outlet: press, title: 'Halcyon to launch Kestrel 2 in August' },
      { day: '2025-06-05', outlet: press, title: 'Halcyon has reportedly launched Kestrel 2' },
    ]
    expect(after(told).status).toBe('announced')
  })

  test('is what an entry tells that also tells a denial', () => {
    const told = { day: '2025-06-02', outlet: press, title: 'Halcyon launches Kestrel 2' }
    expect(after([{ ...told, text: 'Halcyon denied the report on Kestrel 2.' }]).status).toBe('rumoured')
    expect(after([{ ...told, text: 'A judge denied the request of a rival.' }]).status).toBe('happened')
  })
})

describe('a delay ends', () => {
  const delayed = { day: '2025-05-02', outlet: press, title: 'Halcyon delays Kestrel 2' }

  test('when it is about to come', () => {
    const title = 'Halcyon is about to launch Kestrel 2'
    expect(after([delayed, { day: '2025-06-02', outlet: press, title }]).status).toBe('announced')
  })

  test('not when it is only promised again', () => {
    const title = 'Halcyon promises to launch Kestrel 2'
    expect(after([delayed, { day: '2025-06-02', outlet: press, title }]).status).toBe('delayed')
  })
})
