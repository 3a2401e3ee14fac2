/** The kinds of alert, as routes name them; what each says is in src/alerts/alert.ts. */
export const alertKinds = [
  'status-changed',
  'date-changed',
  'corrected',
  'disputed',
  'overdue',
  'feed-blind',
  'feed-restored',
  'channel-failing',
  'all-quiet',
  'test',
] as const

/** One of them. */
export type AlertKind = (typeof alertKinds)[number]
