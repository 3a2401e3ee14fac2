import { isItemAlert, type Alert, type AlertKind } from './alert.ts'

/** Which alerts go to which channels; a missing condition matches all. */
export interface Route {
  readonly item?: string | undefined
  readonly topic?: string | undefined
  readonly kinds?: readonly AlertKind[] | undefined
  /** Names of channels. */
  readonly channels: readonly string[]
}

/** The part of the config that routing reads. */
export interface Routing {
  /** Names of all channels. */
  readonly channels: readonly string[]
  readonly routes: readonly Route[]
}

/** The channels that get an alert: those of the most special routes that match (item before topic), else all. */
export function routeAlert(alert: Alert, routing: Routing): readonly string[] {
  const matching = routing.routes.filter((route) => meets(alert, route))
  const special = matching.filter((route) => route.item !== undefined)
  const topical = matching.filter((route) => route.topic !== undefined)
  const chosen = [special, topical, matching].find((routes) => routes.length > 0)
  const names = chosen === undefined ? routing.channels : chosen.flatMap((route) => route.channels)
  return [...new Set(names)]
}

function meets(alert: Alert, route: Route): boolean {
  const item = isItemAlert(alert) ? alert.item : null
  if (route.item !== undefined && route.item !== item?.id) return false
  if (route.topic !== undefined && route.topic !== item?.topic) return false
  return route.kinds === undefined || route.kinds.includes(alert.kind)
}
