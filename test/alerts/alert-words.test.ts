import { describe, expect, it } from 'vitest'
import { explanation, headline } from '../../src/alerts/alert-words.ts'
import { alertSamples } from './sample.ts'

const failing = alertSamples['channel-failing']

describe('the words on a channel that fails', () => {
  it('say how many alerts wait for one that cannot be reached', () => {
    expect(headline(failing)).toBe('team-chat cannot be reached')
    expect(explanation(failing)).toBe(
      'Nothing has gone through since 10 June 2025, 15:30 UTC: answered 502: bad gateway. 3 alerts wait for it.',
    )
  })

  it('say how many were given up by one that refuses, and how they are sent after all', () => {
    const refusing = { ...failing, error: 'answered 410', waiting: 0, givenUp: 6 }
    expect(headline(refusing)).toBe('team-chat refuses what it is sent')
    expect(explanation(refusing)).toBe(
      'Refused since 10 June 2025, 15:30 UTC: answered 410. 6 alerts given up; openwatch alerts retry --channel team-chat once it is mended.',
    )
  })

  it('say what still waits where the first of several was refused', () => {
    expect(explanation({ ...failing, givenUp: 1, waiting: 5 })).toContain(
      '1 alert given up, 5 alerts wait for it;',
    )
  })
})
