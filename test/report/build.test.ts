import { describe, expect, it } from 'vitest'
import { buildReport } from '../../src/report/build.ts'
import { renderJson } from '../../src/report/render-json.ts'
import type { ReportItem } from '../../src/report/report-input.ts'
import {
  change,
  everyStanding,
  feed,
  reportItem,
  sampleInput,
  sampleNow,
  unresolved,
  watchItem,
  windowOf,
} from './sample.ts'

const build = (items: readonly ReportItem[], feeds = [feed('https://a.example/feed')]) =>
  buildReport({ items, feeds }, sampleNow)

const only = (item: Partial<ReportItem>, feeds = [feed('https://a.example/feed')]) => {
  const [first] = build([reportItem(item)], feeds).items
  if (first === undefined) throw new Error('the report has no item')
  return first
}

const announcedFor = (to: string) =>
  only({
    standing: {
      status: 'announced',
      since: new Date('2025-06-01T00:00:00Z'),
      expected: windowOf('month', '2025-11-01', to, 'in November'),
      disputed: false,
    },
  })

describe('a question in the report', () => {
  it('carries the sentences of the change that set its status', () => {
    const [release] = buildReport(sampleInput, sampleNow).items
    expect(release?.status).toBe('happened')
    expect(release?.evidence.map((one) => one.url)).toEqual(['https://openai.com/index/introducing-gpt-oss/'])
    expect(release?.reason).toBe('openai.com is official for this question')
  })

  it('shows the newest promise first when only the date moved since', () => {
    const changes = [
      change('2025-03-31', { to: 'announced', quote: 'We plan it.' }),
      change('2025-06-10', { kind: 'date', from: 'announced', to: 'announced', quote: 'Later, we said.' }),
    ]
    expect(only({ changes }).evidence.map((one) => one.quote)).toEqual(['Later, we said.', 'We plan it.'])
  })

  it('has its history in the order of the news, whatever order it was recorded in', () => {
    const changes = [change('2025-06-10', {}), change('2025-03-31', {})]
    expect(only({ changes }).changes.map((one) => one.id)).toEqual(['change-2025-03-31', 'change-2025-06-10'])
  })

  it('expects nothing more once it is settled', () => {
    const [release] = buildReport(sampleInput, sampleNow).items
    expect(release?.expected).toBeNull()
    expect(release?.overdue).toBeNull()
  })

  it('is overdue from the day after the promised window', () => {
    expect(announcedFor('2025-11-18').overdue).toEqual({ promisedUntil: '2025-11-18', days: 0 })
    expect(announcedFor('2025-11-19').overdue).toBeNull()
    expect(announcedFor('2025-09-30').overdue?.days).toBe(49)
  })

  it('says how long it has been quiet and how many feeds could be read', () => {
    const changes = [change('2025-10-29', {})]
    const feeds = [feed('https://a.example'), feed('https://b.example'), unresolved('https://c.example')]
    expect(only({ changes }, feeds).quiet.text).toBe('quiet for 20 days, 2 of 3 feeds healthy')
  })

  it('claims no watch over times before the question was asked', () => {
    const addedAt = new Date(sampleNow.getTime() - 3_600_000)
    expect(only({ addedAt }, []).quiet.text).toBe('quiet in the entries since 1 March 2025, no feeds')
    const changes = [change('2025-10-29', {})]
    expect(only({ addedAt, changes }, []).quiet.text).toBe(
      'quiet in the entries since 29 October 2025, no feeds',
    )
  })

  it('warns that silence means little when most feeds cannot be read', () => {
    const feeds = [
      feed('https://a.example'),
      unresolved('https://b.example'),
      unresolved('https://c.example'),
    ]
    expect(only({}, feeds).quiet.text).toBe('quiet for 263 days, but only 1 of 3 feeds healthy')
    expect(only({}, []).quiet.text).toBe('quiet for 263 days, no feeds')
  })

  it('lists what did not decide, newest first', () => {
    const [release] = buildReport(sampleInput, sampleNow).items
    expect(release?.undecided.map((claim) => claim.outlet)).toEqual(['theverge.com'])
  })

  it('does not hold against a claim that it first waited for a second origin', () => {
    const moved = change('2025-06-10', {
      to: 'delayed',
      quote: 'It is late.',
      url: 'https://techcrunch.com/a',
    })
    const claim = {
      ...{ url: 'https://techcrunch.com/a', outlet: 'techcrunch.com', quote: 'It is late.', at: moved.at },
      ...{ signal: 'delayed' as const, certainty: 'reported' as const, window: null },
      ...{ decided: false, reason: 'one origin is not enough' },
    }
    expect(
      only({ changes: [moved], claims: [claim, { ...claim, quote: 'Late, maybe.' }] }).undecided,
    ).toEqual([{ ...claim, quote: 'Late, maybe.' }])
  })

  it('stays out when it is retired, and stays in when it is paused', () => {
    const items = [
      reportItem({ state: 'retired' }),
      reportItem({ item: watchItem({ id: 'b' }), state: 'paused' }),
    ]
    expect(build(items).items.map((item) => item.id)).toEqual(['b'])
  })
})

describe('how the promised date moved', () => {
  it('is told from the first promise to the day it happened', () => {
    const [release] = buildReport(sampleInput, sampleNow).items
    expect(release?.slippage.join(' → ')).toBe(
      'in the coming months → early summer → later this summer → no date → 5 August 2025',
    )
  })

  it('begins with what was promised when the watch began', () => {
    const item = watchItem({ expected: 'summer 2025' })
    expect(only({ item, changes: [change('2025-08-05', { to: 'happened' })] }).slippage).toEqual([
      'summer 2025',
      '5 August 2025',
    ])
  })

  it('is not told where nobody had promised a date', () => {
    expect(only({ changes: [change('2025-08-05', { to: 'happened' })] }).slippage).toEqual([])
  })

  it('does not take a first "no date" for a slip', () => {
    const nothing = windowOf('none', null, null, 'no date yet')
    expect(
      only({ changes: [change('2025-03-01', { to: 'delayed', expectedTo: nothing })] }).slippage,
    ).toEqual([])
  })

  it('lists every promise with its outlet, also those that were only said', () => {
    const [release] = buildReport(sampleInput, sampleNow).items
    expect(release?.ledger.map((entry) => [entry.words, entry.outlet, entry.decided])).toEqual([
      ['in the coming months', 'openai.com', true],
      ['early summer', 'techcrunch.com', true],
      ['later this summer', 'techcrunch.com', true],
      ['as early as next week', 'theverge.com', false],
      ['no date', 'techcrunch.com', true],
    ])
  })
})

describe('the feeds in the report', () => {
  it('are counted, and those that fail alike are told together', () => {
    const { feeds } = buildReport(everyStanding, sampleNow)
    expect([feeds.healthy, feeds.failing, feeds.total]).toEqual([1, 13, 14])
    expect(feeds.groups.map((group) => [group.feeds.length, group.reason])).toEqual([
      [12, 'there is no such host; check the spelling, or whether the site has moved'],
      [1, 'the server answers 503 (Service Unavailable)'],
    ])
  })

  it('say when the first of a group is tried again', () => {
    const soon = new Date('2025-11-19T09:31:00Z')
    const feeds = [
      unresolved('https://a.example/x'),
      { ...unresolved('https://b.example/x'), nextPollAt: soon },
    ]
    expect(build([], feeds).feeds.groups[0]?.nextTry).toEqual(soon)
  })

  it('leave out what was taken out on purpose, and count what is gone for good as failing', () => {
    const feeds = [
      feed('https://a.example', { state: 'retired' }),
      feed('https://b.example', { state: 'retired', retiredReason: 'gone (410)' }),
    ]
    const report = build([], feeds).feeds
    expect([report.failing, report.total]).toEqual([1, 1])
    expect(report.failures[0]).toMatchObject({
      url: 'https://b.example',
      reason: 'gone (410)',
      nextTry: null,
    })
  })

  it('are shown without the name and password in their addresses', () => {
    const feeds = [unresolved('https://me:secret@a.example/feed')]
    const json = JSON.stringify(build([], feeds))
    expect(json).toContain('https://a.example/feed')
    expect(json).not.toContain('secret')
  })

  it('are shown without the keys in their addresses, which a person who reads the report has no need of', () => {
    const feeds = [unresolved('https://a.example/feed?id=7&api_key=hush&accessToken=hush2')]
    const json = JSON.stringify(renderJson(buildReport({ items: [], feeds }, sampleNow)))
    expect(json).toContain('https://a.example/feed?id=7&api_key=***&accessToken=***')
    expect(json).not.toContain('hush')
  })

  it('keep apart what was never polled', () => {
    const feeds = [feed('https://a.example', { state: 'new' })]
    expect(build([], feeds).feeds).toMatchObject({ healthy: 0, failing: 0, waiting: 1, total: 1 })
  })

  it('say of a stale feed since when it brings nothing', () => {
    const feeds = [feed('https://a.example', { state: 'stale', lastOkAt: new Date('2025-05-03T00:00:00Z') })]
    expect(build([], feeds).feeds.failures[0]?.reason).toBe('nothing new since 3 May 2025')
  })
})
