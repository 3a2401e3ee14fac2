import type { Material } from './percolate-material.ts'

/** Another way to find the queries that an item meets, measured beside the percolator in the same run. */
export interface Yardstick {
  readonly name: string
  /** How many items it is measured on: as many as it matches against 10,000 queries in a second or so. */
  readonly items: number
  /** Matches the items one by one against all queries. */
  readonly match: (material: Material) => Promise<Measured>
}

export interface Measured {
  /** For each item the places of the queries it meets, in ascending order. */
  readonly matches: readonly (readonly number[])[]
  /** CPU seconds of whoever did the work, without getting ready. */
  readonly seconds: number
}

/** CPU time of the process, all threads: what a core of its own would take at most, whoever else uses the machine. */
export const cpuSeconds = (work: () => unknown): number => {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}
