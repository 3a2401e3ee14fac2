import type { Material } from './percolate-material.ts'

/** Another way to find the queries that an item meets, measured beside the percolator in the same run. */
export interface Yardstick {
  readonly name: string
  /** Matches the items one by one against all queries: how many matches there were and the seconds it took. */
  readonly match: (material: Material) => Promise<Measured>
}

export interface Measured {
  readonly matches: number
  readonly seconds: number
}

/** CPU time of the process, all threads: what a core of its own would take at most, whoever else uses the machine. */
export const cpuSeconds = (work: () => unknown): number => {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}
