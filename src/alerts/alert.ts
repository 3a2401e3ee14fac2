import { z } from 'zod'
import { certainties, statuses } from '../status/status.ts'

const status = z.enum(statuses)
const time = z.coerce.date()

const evidence = z.object({
  /** Verbatim from the entry. */
  quote: z.string(),
  outlet: z.string(),
  url: z.string(),
  claimedAt: time,
  certainty: z.enum(certainties),
})

const shared = {
  /** Unique for ever; with the channel it makes the idempotency key. */
  id: z.string(),
  /** The time of the news, or the time at which openwatch noticed. */
  at: time,
  item: z.object({ id: z.string(), question: z.string(), topic: z.string() }),
  /** Link to the item's page; null where no public address is known. */
  reportUrl: z.string().nullable(),
  /** How the promised date moved so far. */
  slippage: z.array(z.string()),
}

const carried = {
  ...shared,
  /** The deciding sentence first. */
  evidence: z.array(evidence),
  /** How many independent origins said so. */
  origins: z.int().nonnegative(),
  /** For people: why this was enough. */
  reason: z.string(),
}

const feed = z.object({ url: z.string(), reason: z.string(), nextTry: time.nullable() })

const system = { id: shared.id, at: shared.at, reportUrl: shared.reportUrl }

/**
 * Something to tell. The schema also reads an alert back from JSON (a database column): times are ISO strings there.
 * Windows of dates are kept as people read them ("later this summer").
 */
export const alertSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('status-changed'),
    from: status,
    to: status,
    since: time,
    expected: z.string().nullable(),
    ...carried,
  }),
  z.object({
    kind: z.literal('date-changed'),
    status,
    since: time,
    from: z.string().nullable(),
    to: z.string().nullable(),
    ...carried,
  }),
  z.object({ kind: z.literal('corrected'), from: status, to: status, since: time, ...carried }),
  z.object({ kind: z.literal('disputed'), status, since: time, ...carried }),
  z.object({
    kind: z.literal('overdue'),
    status,
    since: time,
    expected: z.string(),
    /** The last promised day, ISO date. */
    promisedUntil: z.string(),
    ...shared,
  }),
  z.object({
    kind: z.literal('feed-blind'),
    status,
    since: time,
    healthy: z.int().nonnegative(),
    total: z.int().nonnegative(),
    feeds: z.array(feed),
    ...shared,
  }),
  z.object({
    kind: z.literal('feed-restored'),
    status,
    since: time,
    healthy: z.int().nonnegative(),
    total: z.int().nonnegative(),
    /** Since when nothing could be seen. */
    blindSince: time,
    ...shared,
  }),
  z.object({
    kind: z.literal('channel-failing'),
    /** The channel that cannot be reached; told on the others. */
    channel: z.string(),
    failingSince: time,
    error: z.string(),
    /** How many alerts wait for it. */
    waiting: z.int().nonnegative(),
    /** It refuses what it is sent: how many alerts were given up. Left out where it only cannot be reached. */
    givenUp: z.int().nonnegative().optional(),
    ...system,
  }),
  z.object({
    kind: z.literal('all-quiet'),
    /** Nothing moved since then. */
    since: time,
    questions: z.int().nonnegative(),
    healthy: z.int().nonnegative(),
    total: z.int().nonnegative(),
    ...system,
  }),
  z.object({ kind: z.literal('test'), channel: z.string(), ...system }),
])

/** Something to tell: about one watch item, or about openwatch itself. */
export type Alert = z.infer<typeof alertSchema>

/** An alert about one watch item. */
export type ItemAlert = Extract<Alert, { readonly item: unknown }>

/** An alert about openwatch itself. */
export type SystemAlert = Exclude<Alert, ItemAlert>

/** Whether an alert is about one watch item. */
export function isItemAlert(alert: Alert): alert is ItemAlert {
  return 'item' in alert
}

/** A sentence that carries an alert. */
export type AlertEvidence = z.infer<typeof evidence>

/** The kinds of alert, as routes name them. */
export type AlertKind = Alert['kind']
