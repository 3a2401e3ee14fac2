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
])

/** Something to tell about one watch item. */
export type Alert = z.infer<typeof alertSchema>

/** A sentence that carries an alert. */
export type AlertEvidence = z.infer<typeof evidence>

/** The kinds of alert, as routes name them. */
export type AlertKind = Alert['kind']
