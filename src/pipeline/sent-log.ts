import type { Database } from '../store/database.ts'
import { recordSent, type Try } from '../store/delivery-outcomes.ts'

/**
 * Writes down what a channel took, many messages at a time, while the next ones are on their way. Until it is written a
 * crash sends a message again under its key, as it does between any sending and writing.
 */
export class SentLog {
  private readonly db: Database
  private readonly channel: string
  private unwritten: Try[] = []
  private writing: Promise<void> | null = null
  private fault: Error | null = null

  constructor(db: Database, channel: string) {
    this.db = db
    this.channel = channel
  }

  /** Notes a message that was taken; it is written soon. */
  add(tried: Try): void {
    this.unwritten.push(tried)
    this.writing ??= this.write()
  }

  /** Resolves when all that was noted is written; rejects where that could not be done. */
  async written(): Promise<void> {
    await this.writing
    if (this.fault !== null) throw new Error('what was sent could not be written down', { cause: this.fault })
  }

  /** Never rejects: nobody may be waiting yet. */
  private async write(): Promise<void> {
    try {
      while (this.unwritten.length > 0) await recordSent(this.db.pool, this.channel, this.unwritten.splice(0))
    } catch (fault) {
      this.fault = fault instanceof Error ? fault : new Error(String(fault))
    }
    this.writing = null
  }
}
