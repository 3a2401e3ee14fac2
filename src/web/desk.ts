import type { Logger } from 'pino'
import type { Config } from '../config/config.ts'
import type { Clock } from '../pipeline/clock.ts'
import type { Deliveries } from '../pipeline/deliveries.ts'
import type { PollOptions } from '../pipeline/poll-feed.ts'
import type { StatusReport } from '../report/status-report.ts'
import type { Database } from '../store/database.ts'

/** What pages and API work with: a live system, or the part of one that they need. */
export interface Desk {
  readonly db: Database
  readonly clock: Clock
  readonly logger: Logger
  /** The configuration in use; it may be another one at the next request. */
  config(): Config
  report(itemIds?: readonly string[]): Promise<StatusReport>
  /** How feeds are polled, and by which fetcher. */
  readonly polling: () => PollOptions
  readonly deliveries: Deliveries
  /** Reads archives that were not read yet and judges the stored entries for items that are new. */
  bringIn(): Promise<void>
  /** The page of a question; null while there is no page. */
  readonly reportUrl: (itemId: string) => string | null
}
