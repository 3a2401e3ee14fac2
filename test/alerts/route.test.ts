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
})
