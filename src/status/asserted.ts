import type { SeenEntry } from '../matching/entry.ts'
import type { Signal } from './mood-signal.ts'

/** A status that a sentence asserts. */
export interface Asserted extends Signal {
  /** The word that says so, and the end of it and of what it is said of. */
  readonly at: number
  readonly end: number
  /** Told in the past tense. */
  readonly past: boolean
  readonly because: string
  /** A step was taken, more than a promise repeated. */
  readonly begun: boolean
}

/** Where a sentence stands. */
export interface Setting {
  readonly entry: SeenEntry
  readonly title: boolean
  /** The outlet speaks of its own thing. */
  readonly official: boolean
}
