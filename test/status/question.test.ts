import { describe, expect, test } from 'vitest'
import type { WatchItem } from '../../src/matching/watch-item.ts'
import { readQuestion } from '../../src/status/question.ts'
import { shippedKinds } from './shipped-kinds.ts'

const asked = (question: string, subject: string[], kind = 'decision', more: Partial<WatchItem> = {}) => {
  const blank = { context: [], about: [], topic: '', official: [], status: 'open' as const, expected: null }
  const item = { id: 'x', ...blank, since: new Date(0), question, subject, kind, ...more }
  const vocabulary = shippedKinds.get(kind)
  if (!vocabulary) throw new Error(`no kind ${kind}`)
  const target = readQuestion(item, vocabulary)
  return { ...target, names: [...target.events].map((at) => target.table.events[at]?.name) }
}

describe('a question chooses its event by its own words', () => {
  test.each([
    ['When will Acme 2 be released?', 'Acme 2', 'release', ['release']],
    ['When does Acme 2 go on sale?', 'Acme 2', 'release', ['release']],
    ['Is Acme 2 finished?', 'Acme 2', 'release', ['release']],
    ['When will Nimbus retire Acme 2?', 'Acme 2', 'release', ['end']],
    ['Will Nimbus open-source Acme 2?', 'Acme 2', 'release', ['opening']],
    ['Will the Council approve the Acme Act?', 'Acme Act', 'decision', ['approval']],
    ['Will the Acme Act become law?', 'Acme Act', 'decision', ['enactment']],
    ['Will Acme be sold or banned?', 'Acme', 'decision', ['ban', 'sale']],
    ['Will Acme go bankrupt?', 'Acme', 'decision', ['bankruptcy']],
    ['Will Nimbus drop Acme support?', 'Acme', 'decision', ['removal']],
    ['Will Ada Quill resign?', 'Ada Quill', 'decision', ['departure']],
    ['Will Acme go public?', 'Acme', 'decision', ['listing']],
    ['Will Nimbus publish the model card of Acme 2?', 'Acme 2', 'measure', ['publication']],
  ])('%s', (question, subject, kind, names) => {
    expect(asked(question, [subject], kind).names.toSorted()).toEqual(names)
  })

  test('or brings its own verb along', () => {
    const target = asked('Will Nimbus spruce up the Acme?', ['Acme'])
    expect(target.names).toEqual(['spruce up'])
  })
})

describe('a question whose verb is none of its kind', () => {
  const among = (question: string, subject: string, kind: string) => {
    const blank = { context: [], about: [], topic: '', official: [], status: 'open' as const, expected: null }
    const item = { id: 'x', ...blank, since: new Date(0), question, subject: [subject], kind }
    const vocabulary = shippedKinds.get(kind)
    if (!vocabulary) throw new Error(`no kind ${kind}`)
    const others = [...shippedKinds.values()].filter((other) => other !== vocabulary)
    const target = readQuestion(item, vocabulary, others)
    return { names: [...target.events].map((at) => target.table.events[at]?.name), asAgent: target.asAgent }
  }

  test.each([
    ['Will Acme recall its kettles?', 'Acme', 'decision', 'recall'],
    ['Will Acme get dark mode?', 'Acme', 'release', 'feature'],
    ['When will Acme expand to Oslo?', 'Acme', 'decision', 'service'],
    ['Will Acme build a plant in Ghent?', 'Acme', 'decision', 'construction'],
    ['Will Acme win its case against Nimbus?', 'Acme', 'measure', 'win'],
    ['When will Acme support end-to-end encryption?', 'Acme', 'release', 'feature'],
  ])('asks for an event of another: %s', (question, subject, kind, event) => {
    expect(among(question, subject, kind)).toEqual({ names: [event], asAgent: true })
  })

  test.each([
    ['Will Acme boycott the kettle fair?', 'Acme', 'measure', 'boycott'],
    ['Will Acme appeal the ruling?', 'Acme', 'decision', 'appeal'],
  ])('and known to no kind is the event itself: %s', (question, subject, kind, event) => {
    expect(among(question, subject, kind)).toEqual({ names: [event], asAgent: true })
  })

  test('and says little leaves it to the other words', () => {
    expect(among('Will Acme complete its purchase of Nimbus?', 'Nimbus', 'decision').names).toEqual(['sale'])
  })

  test('is not a noun before the verb', () => {
    expect(among('Will the dock strike end in March?', 'dock strike', 'decision').names).not.toContain(
      'strike',
    )
  })
})

describe('a question says who acts', () => {
  test('the subject itself', () => {
    const target = asked('Will Acme buy Stratus?', ['Acme'])
    expect(target).toMatchObject({ asAgent: true, objects: new Set(['stratus']) })
  })

  test('somebody else', () => {
    const target = asked('When will Nimbus release the Acme 2?', ['Acme 2'], 'release')
    expect(target).toMatchObject({ asAgent: false, actors: new Set(['nimbus']) })
  })

  test('or nobody', () => {
    expect(asked('When will Acme 2 be released?', ['Acme 2'], 'release')).toMatchObject({
      asAgent: false,
      actors: new Set(),
    })
  })
})

test('a question names its place and its institution', () => {
  const target = asked('Will the US Senate pass the Acme Act?', ['Acme Act'])
  expect(target.places).toEqual(new Set(['us']))
  expect(target.institutions).toEqual(new Set(['senate']))
})

test('what was there before is no answer to what comes after it', () => {
  expect(asked('Will Nimbus release more tools after acme-kit?', ['acme-kit'], 'release').baselines).toEqual([
    ['acme', 'kit'],
  ])
})

test('a measure must name what the question names', () => {
  expect(asked('Will Nimbus publish the model card of Acme 2?', ['Acme 2'], 'measure').topics).toEqual(
    new Set(['model card']),
  )
  expect(asked('What will Nimbus do?', ['Acme 2'], 'measure', { about: ['safety'] }).needsAbout).toBe(true)
})
