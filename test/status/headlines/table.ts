import type { WatchItem } from '../../../src/matching/watch-item.ts'

/** A question and headlines with what each claims about it. */
export interface HeadlineTable {
  readonly question: Pick<WatchItem, 'question' | 'subject' | 'kind'> &
    Partial<Pick<WatchItem, 'context' | 'about'>>
  /**
   * Headline and claim: a status, `none`, or a status with `~` where it is said guardedly. A date follows after a space:
   * the window's first and last day. The entry is of 11 June 2025, a Wednesday.
   */
  readonly rows: readonly (readonly [headline: string, claim: string])[]
  /** The outlet of the entries; an unknown one unless given. */
  readonly outlet?: string
}
