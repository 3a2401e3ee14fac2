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
