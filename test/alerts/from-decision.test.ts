import { describe, expect, it } from 'vitest'
import { alertFromDecision } from '../../src/alerts/from-decision.ts'
import type { Claim } from '../../src/status/claim.ts'

const at = new Date('2025-07-11T20:00:00Z')
const claim: Claim = {
  entryKey: '1',
  url: 'https://techcrunch.com/a',
  outlet: 'techcrunch.com',
  grade: 'established',
  at,
  signal: 'delayed',
  certainty: 'reported',
  window: null,
  quote: 'It is delayed again.',
  origin: 'story-1',
}
const context = {
  id: 'alert-1',
  item: { id: 'release-timing', question: 'When?', topic: 'openai' },
  since: new Date('2025-06-10T00:00:00Z'),
  slippage: ['June', 'no date'],
  reportUrl: null,
}
const summer = { from: '2025-06-01', to: '2025-08-31', granularity: 'season' as const, text: 'this summer' }
const withdrawn = { from: null, to: null, granularity: 'none' as const, text: 'indefinitely' }
const shared = { at, certainty: 'reported' as const, reason: 'two origins' }

describe('the alert of a decision', () => {
  it('counts copies of one story as one origin', () => {
    const evidence = [claim, { ...claim, outlet: 'copy.example' }, { ...claim, origin: 'story-2' }]
    const alert = alertFromDecision(
      { kind: 'status-changed', from: 'announced', to: 'delayed', expected: summer, evidence, ...shared },
      context,
    )
    expect(alert).toMatchObject({
      origins: 2,
      since: at,
      expected: 'summer 2025',
      from: 'announced',
      to: 'delayed',
    })
    expect('evidence' in alert && alert.evidence.map((one) => one.outlet)).toEqual([
      'techcrunch.com',
      'copy.example',
      'techcrunch.com',
    ])
  })

  it('tells a withdrawn date as no date, and since when the status stands', () => {
    const alert = alertFromDecision(
      {
        kind: 'date-changed',
        status: 'delayed',
        from: summer,
        expected: withdrawn,
        evidence: [claim],
        ...shared,
      },
      context,
    )
    expect(alert).toMatchObject({ kind: 'date-changed', from: 'summer 2025', to: null, since: context.since })
  })
})
