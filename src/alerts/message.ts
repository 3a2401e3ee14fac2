import type { Alert } from './alert.ts'

/** What goes to a channel at once: one alert, the alerts of one burst, or a digest. Oldest first. */
export interface Message {
  readonly alerts: readonly [Alert, ...Alert[]]
  /** The time that a digest covers; null where it is none. */
  readonly digest: { readonly from: Date; readonly to: Date } | null
}

/** A message of one alert. */
export function messageOf(alert: Alert): Message {
  return { alerts: [alert], digest: null }
}
