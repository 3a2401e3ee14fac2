/** One figure that a benchmark measured, printed and never asserted. */
export interface BenchRow {
  /** The benchmark ("percolate"). */
  readonly bench: string
  /** What was measured, for people. */
  readonly figure: string
  readonly value: number
  readonly unit: string
  /** What it is compared with, where that is more than a number to reach. */
  readonly yardstick?: string
  /** The value divided by the yardstick's. */
  readonly ratio?: number
}

/** A figure that could not be measured on this machine. */
export interface SkippedRow {
  readonly bench: string
  readonly figure: string
  /** Why, and what would have to be there. */
  readonly skipped: string
}
