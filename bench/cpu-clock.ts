import type pg from 'pg'
import { serverClock } from './server-clock.ts'

/** CPU seconds: of openwatch's own process, of the whole Postgres server (null where nothing tells), and on the wall. */
export interface Seconds {
  readonly own: number
  readonly postgres: number | null
  readonly wall: number
}

/** Measures what some work takes of this process and of the database server behind a pool. */
export const cpuClock = async (
  pool: pg.Pool,
): Promise<(work: () => Promise<unknown>) => Promise<Seconds>> => {
  const clock = await serverClock(pool)
  return async (work) => {
    const server = (await clock?.()) ?? null
    const began = performance.now()
    const before = process.cpuUsage()
    await work()
    const { user, system } = process.cpuUsage(before)
    const wall = (performance.now() - began) / 1000
    const after = (await clock?.()) ?? null
    return {
      own: (user + system) / 1e6,
      postgres: server === null || after === null ? null : after - server,
      wall,
    }
  }
}

/** CPU seconds of both together. */
export const both = ({ own, postgres }: Seconds): number => own + (postgres ?? 0)
