import type fc from 'fast-check'
import type { TestSystem, TestSystemOptions } from '../support/system.ts'

/** Something that comes from outside, ready to be tried with anything. */
export interface Fuzzing<Input = unknown> {
  /** Wild input, and good input that was changed. */
  readonly inputs: fc.Arbitrary<Input>
  /** The most processor time that one input may cost, in milliseconds; 1000 when left out. */
  readonly mostMs?: number
  /** Runs of the short form, which is part of `npm test`; 25 when left out. */
  readonly shortRuns?: number
  /** Tries one input. Throws where it did what no input may do. */
  check(input: Input): Promise<void> | void
  close?(): Promise<void>
}

/** What a target may ask for. */
export interface FuzzTools {
  /** A live system over a database of its own; it is ended by who asked for it. */
  readonly system: (options: TestSystemOptions) => Promise<TestSystem>
}

/** What the module of a target exports as `start`. */
export type Start = (tools: FuzzTools) => Promise<Fuzzing> | Fuzzing

/** An input of which openwatch knows: how `npm run fuzz` names it, and the module that exports `start`. */
export interface FuzzTarget {
  readonly name: string
  /** What comes in there, for the list of names. */
  readonly about: string
  readonly module: URL
}
