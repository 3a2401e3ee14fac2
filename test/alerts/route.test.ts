import { describe, expect, it } from 'vitest'
import { routeAlert } from '../../src/alerts/route.ts'
import { alertSamples } from './sample.ts'

const channels = ['console', 'ops', 'team']
const moved = alertSamples['status-changed']

describe('where an alert goes', () => {
  it('is everywhere while no route is configured', () => {
    expect(routeAlert(moved, { channels, routes: [] })).toEqual(channels)
  })

  it('follows the route of its item before that of its topic', () => {
    const routes = [
      { topic: 'openai-open-weights', channels: ['team'] },
      { item: 'release-timing', channels: ['ops'] },
    ]
    expect(routeAlert(moved, { channels, routes })).toEqual(['ops'])
    expect(routeAlert({ ...moved, item: { ...moved.item, id: 'other' } }, { channels, routes })).toEqual([
      'team',
    ])
  })

  it('joins the channels of equal routes, each once', () => {
    const routes = [
      { topic: 'openai-open-weights', channels: ['team', 'ops'] },
      { topic: 'openai-open-weights', kinds: ['status-changed' as const], channels: ['ops', 'console'] },
    ]
    expect(routeAlert(moved, { channels, routes })).toEqual(['team', 'ops', 'console'])
    expect(routeAlert(alertSamples.overdue, { channels, routes })).toEqual(['team', 'ops'])
  })

  it('may be nowhere, by a route without channels', () => {
    const routes = [{ kinds: ['overdue' as const], channels: [] }]
    expect(routeAlert(alertSamples.overdue, { channels, routes })).toEqual([])
    expect(routeAlert(moved, { channels, routes })).toEqual(channels)
  })

  it('may depend on where the question stands and how surely that is known', () => {
    const routes = [
      { status: ['happened' as const], channels: ['team'] },
      { certainty: ['official' as const], channels: ['ops'] },
    ]
    expect(routeAlert({ ...moved, to: 'happened' }, { channels, routes })).toEqual(['team'])
    const [sentence] = moved.evidence
    if (sentence === undefined) throw new Error('the sample has evidence')
    const official = {
      ...moved,
      evidence: [{ ...sentence, certainty: 'official' as const }, ...moved.evidence.slice(1)],
    }
    expect(routeAlert(official, { channels, routes })).toEqual(['ops'])
    expect(routeAlert(moved, { channels, routes })).toEqual(channels)
    expect(routeAlert(alertSamples.overdue, { channels, routes })).toEqual(channels)
  })

  it('is all but the channel that fails, when one does, or where a route for that says', () => {
    const failing = { ...alertSamples['channel-failing'], channel: 'ops' }
    expect(routeAlert(failing, { channels, routes: [] })).toEqual(['console', 'team'])
    const routes = [
      { status: ['happened' as const], channels: ['team'] },
      { kinds: ['channel-failing' as const], channels: ['ops', 'team'] },
    ]
    expect(routeAlert(failing, { channels, routes })).toEqual(['team'])
    expect(routeAlert({ ...failing, channel: 'team' }, { channels, routes })).toEqual(['ops'])
    expect(routeAlert(failing, { channels: ['ops'], routes: [] })).toEqual([])
  })

  it('is nowhere that the configuration does not have', () => {
    const routes = [{ topic: 'openai-open-weights', channels: ['gone', 'team'] }]
    expect(routeAlert(moved, { channels, routes })).toEqual(['team'])
  })
})
