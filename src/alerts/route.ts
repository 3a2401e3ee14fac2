import type { Certainty, Status } from '../status/status.ts'
import { evidenceOf, statusAfter } from './alert-words.ts'
import { isItemAlert, type Alert, type AlertKind } from './alert.ts'

/** Which alerts go to which channels; a missing condition matches all. */
export interface Route {
  readonly item?: string | undefined
  readonly topic?: string | undefined
  readonly kinds?: readonly AlertKind[] | undefined
  /** How surely the deciding sentence says it. */
  readonly certainty?: readonly Certainty[] | undefined
  /** Where the question stands after the alert. */
  readonly status?: readonly Status[] | undefined
  /** Names of channels. */
  readonly channels: readonly string[]
}

/** The part of the config that routing reads. */
export interface Routing {
  /** Names of all channels. */
  readonly channels: readonly string[]
  readonly routes: readonly Route[]
}

/**
 * The channels that get an alert. Of the routes that match, those that name its item count alone; else those that name
 * its topic; else the others; their channels are joined. Where none matches, all channels get it. An alert about
 * openwatch itself (a channel that fails) only follows routes that name its kind, and never goes to the channel that
 * fails.
 */
export function routeAlert(alert: Alert, routing: Routing): readonly string[] {
  const chosen = isItemAlert(alert) ? itemChannels(alert, routing) : systemChannels(alert, routing)
  // a configuration that is being changed must not send to where nothing is
  return [...new Set(chosen)].filter((name) => routing.channels.includes(name))
}

function itemChannels(alert: Alert, { channels, routes }: Routing): readonly string[] {
  const matching = routes.filter((route) => meets(alert, route))
  const special = matching.filter((route) => route.item !== undefined)
  const topical = matching.filter((route) => route.topic !== undefined)
  const chosen = [special, topical, matching].find((some) => some.length > 0)
  return chosen === undefined ? channels : chosen.flatMap((route) => route.channels)
}

function systemChannels(alert: Alert, { channels, routes }: Routing): readonly string[] {
  if (alert.kind === 'test') return [alert.channel]
  const ill = alert.kind === 'channel-failing' ? alert.channel : null
  const named = routes.filter((route) => route.kinds !== undefined && meets(alert, route))
  const routed = named.flatMap((route) => route.channels).filter((name) => name !== ill)
  return routed.length > 0 ? routed : channels.filter((name) => name !== ill)
}

function meets(alert: Alert, route: Route): boolean {
  return meetsItem(alert, route) && route.kinds?.includes(alert.kind) !== false && meetsNews(alert, route)
}

function meetsItem(alert: Alert, { item, topic }: Route): boolean {
  const about = isItemAlert(alert) ? alert.item : null
  return (item === undefined || item === about?.id) && (topic === undefined || topic === about?.topic)
}

function meetsNews(alert: Alert, route: Route): boolean {
  const certainty = evidenceOf(alert)[0]?.certainty
  const status = statusAfter(alert)
  return (
    (route.certainty === undefined || (certainty !== undefined && route.certainty.includes(certainty))) &&
    (route.status === undefined || (status !== null && route.status.includes(status)))
  )
}
