import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { feedTroubles } from '../../src/report/feeds-report.ts'
import {
  clearSight,
  createSights,
  followSight,
  sightOver,
  type FeedCondition,
  type Sight,
  type SightMemory,
} from '../../src/report/sight.ts'
import { feed } from './sample.ts'

const minute = 60_000
const start = new Date('2026-05-01T12:00:00Z')
const after = (minutes: number) => new Date(start.getTime() + minutes * minute)
const longAgo = after(-10_000)

const poor: Sight = { healthy: 1, total: 3 }
const good: Sight = { healthy: 2, total: 3 }

/** Looks once a minute, at each minute at what `sights` says; tells what turned when, in minutes. */
function look(
  sights: (minute: number) => Sight | null,
  options: { from?: SightMemory; watchedSince?: Date; minutes?: number } = {},
): readonly [number, string][] {
  let memory = options.from ?? clearSight
  const turns: [number, string][] = []
  for (let at = 0; at <= (options.minutes ?? 240); at++) {
    const sight = sights(at)
    if (sight === null) continue
    const watchedSince = options.watchedSince ?? longAgo
    const next = followSight(memory, sight, { now: after(at), watchedSince })
    memory = next.memory
    if (next.turn !== null) turns.push([at, next.turn])
  }
  return turns
}

describe('the feeds that a question depends on', () => {
  const feeds = [
    feed('https://rockets.example/a', { topic: 'rockets' }),
    feed('https://rockets.example/b', { topic: 'rockets' }),
    feed('https://news.example/a'),
    feed('https://news.example/b', { topic: 'law' }),
    feed('https://news.example/c'),
  ]
  const of = (topic: string, ...broughtBy: string[]) =>
    createSights(feeds)
      .feedsOf({ topic, broughtBy })
      .map(({ url }) => url.replace('https://', ''))

  it('are those of its topic and those that brought a match, each once', () => {
    expect(of('rockets')).toEqual(['rockets.example/a', 'rockets.example/b'])
    expect(of('rockets', 'https://news.example/b', 'https://rockets.example/a')).toEqual([
      'rockets.example/a',
      'rockets.example/b',
      'news.example/b',
    ])
    expect(of('cars', 'https://news.example/c')).toEqual(['news.example/c'])
  })

  it('are all feeds where it has none of its own', () => {
    expect(of('cars')).toHaveLength(5)
    expect(of('cars', 'https://gone.example/')).toHaveLength(5)
  })

  it('are counted the same whether one question asks or many do', () => {
    const states = fc.constantFrom<FeedCondition>('healthy', 'failing', 'stale', 'paused', 'retired', 'new')
    const some = fc.array(fc.record({ state: states, topic: fc.constantFrom('a', 'b', null) }))
    const viewers = fc.array(
      fc.record({ topic: fc.constantFrom('a', 'b', 'c'), brought: fc.array(fc.nat(20)) }),
    )
    fc.assert(
      fc.property(some, viewers, (drawn, asking) => {
        const all = drawn.map((one, n) => ({ ...one, url: `https://f.example/${n}` }))
        const shared = createSights(all)
        for (const { topic, brought } of asking) {
          const viewer = { topic, broughtBy: [...new Set(brought)].map((n) => `https://f.example/${n}`) }
          expect(shared.of(viewer)).toEqual(sightOver(createSights(all).feedsOf(viewer)))
        }
      }),
    )
  })
})

describe('how many feeds can be read', () => {
  it('leaves out those never polled; the paused, stale and retired cannot be read', () => {
    const conditions = ['healthy', 'failing', 'stale', 'paused', 'retired', 'new'] as const
    expect(sightOver(conditions.map((state) => feed('https://a.example', { state })))).toEqual({
      healthy: 1,
      total: 5,
    })
  })

  it('is explained feed by feed, without keys', () => {
    const troubles = feedTroubles(
      [
        feed('https://ok.example'),
        feed('https://rest.example', { state: 'paused' }),
        feed('https://over.example', { state: 'retired', retiredReason: 'gone (410)' }),
        feed('https://a.example/?token=hush', { state: 'failing', lastError: 'no answer in 30 s' }),
      ],
      10,
    )
    expect(troubles.map(({ url, reason }) => [url, reason])).toEqual([
      ['https://a.example/?token=***', 'no answer in 30 s'],
      ['https://over.example', 'gone (410)'],
      ['https://rest.example', 'paused'],
    ])
  })
})

describe('a question', () => {
  it('is blind when fewer than half of its feeds were healthy for an hour, and once', () => {
    expect(look(() => poor)).toEqual([[60, 'blind']])
  })

  it('sees while half of its feeds are healthy', () => {
    expect(look(() => ({ healthy: 1, total: 2 }))).toEqual([])
  })

  it('knows nothing of its sight while no feed was polled', () => {
    expect(look(() => ({ healthy: 0, total: 0 }))).toEqual([])
  })

  it('is not blind when feeds fail for less than an hour at a time', () => {
    expect(look((at) => (at % 60 === 59 ? good : poor))).toEqual([])
  })

  it('sees again when half of its feeds were healthy for 15 minutes', () => {
    expect(look((at) => (at < 90 ? poor : good))).toEqual([
      [60, 'blind'],
      [105, 'restored'],
    ])
  })

  it('stays blind while its feeds only come and go', () => {
    expect(look((at) => (at < 90 || at % 10 === 0 ? poor : good))).toEqual([[60, 'blind']])
  })

  it('has been blind from when its feeds began to fail', () => {
    const { memory } = followSight({ blindSince: null, turnedAt: after(-75) }, poor, {
      now: start,
      watchedSince: longAgo,
    })
    expect(memory).toEqual({ blindSince: after(-75), turnedAt: null })
  })

  it('is not held to be blind, nor to see, by what was before the watch had a break', () => {
    const failed = { blindSince: null, turnedAt: after(-600) }
    expect(look(() => poor, { from: failed, watchedSince: start })).toEqual([[60, 'blind']])
    const back = { blindSince: after(-900), turnedAt: after(-600) }
    expect(look(() => good, { from: back, watchedSince: start })).toEqual([[15, 'restored']])
  })
})
