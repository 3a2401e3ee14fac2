import type { Database } from '../store/database.ts'
import { recordSent, type Try } from '../store/delivery-outcomes.ts'

/**
 * Writes down what a channel took, many messages at a time, while the next ones are on their way. Until it is written a
 * crash sends a message again under its key, as it does between any sending and writing. What cannot be written is kept, and
 * comes first the next time: nothing is sent again only since the disk of the database is full.
 */
export class SentLog {
  private readonly db: Pick<Database, 'pool'>
  private readonly channel: string
  private unwritten: Try[] = []
  private writing: Promise<void> | null = null
  private fault: Error | null = null

  constructor(db: Pick<Database, 'pool'>, channel: string) {
    this.db = db
    this.channel = channel
  }

  /** Notes a message that was taken; it is written soon. */
  add(tried: Try): void {
    this.unwritten.push(tried)
    this.writing ??= this.write()
  }

  /** Whether something could not be written: no more is to be sent then. */
  isFaulty(): boolean {
    return this.fault !== null
  }

  /** Resolves when all that was noted is written; rejects where that could not be done, and may be called again later. */
  async written(): Promise<void> {
    if (this.unwritten.length > 0) this.writing ??= this.write()
    await this.writing
    if (this.fault !== null) throw new Error('what was sent could not be written down', { cause: this.fault })
  }

  /** Never rejects: nobody may be waiting yet. */
  private async write(): Promise<void> {
    do this.fault = await this.writeSome(this.unwritten.splice(0))
    while (this.fault === null && this.unwritten.length > 0)
    this.writing = null
  }

  private async writeSome(tries: readonly Try[]): Promise<Error | null> {
    try {
      await recordSent(this.db.pool, this.channel, tries)
      return null
    } catch (fault) {
      this.unwritten.unshift(...tries)
      return fault instanceof Error ? fault : new Error(String(fault))
    }
  }
}
