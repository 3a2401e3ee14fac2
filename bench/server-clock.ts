import { readdir, readFile } from 'node:fs/promises'
import type pg from 'pg'

/** What `getconf CLK_TCK` says on every Linux. */
const ticksPerSecond = 100

/**
 * CPU seconds of a Postgres server, all its processes together, those that have ended included (these to a hundredth
 * of a second). Null where there is no /proc to read them from.
 */
export const serverClock = async (pool: pg.Pool): Promise<(() => Promise<number>) | null> => {
  const { rows } = await pool.query<{ pid: number }>('select pg_backend_pid() as pid')
  const backend = await statOf(rows[0]?.pid ?? 0)
  if (backend === null) return null
  const { parent: postmaster } = backend
  return async () => {
    const children = await childrenOf(postmaster)
    const running = await Promise.all([postmaster, ...children].map(secondsOf))
    const ended = (await statOf(postmaster))?.endedChildren ?? 0
    return running.reduce((sum, seconds) => sum + seconds, ended)
  }
}

/** CPU seconds of the processes that this one started and that have ended; null where there is no /proc. */
export const endedChildrenSeconds = async (): Promise<number | null> =>
  (await statOf(process.pid))?.endedChildren ?? null

const secondsOf = async (pid: number): Promise<number> => {
  const text = await readFile(`/proc/${pid}/schedstat`, 'utf8').catch(() => '0')
  return Number(text.split(' ')[0]) / 1e9
}

const childrenOf = async (parent: number): Promise<number[]> => {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
  const stats = await Promise.all(pids.map(async (pid) => ({ pid, stat: await statOf(pid) })))
  return stats.flatMap(({ pid, stat }) => (stat?.parent === parent ? [pid] : []))
}

/** CPU seconds of one process, all its threads together, to a hundredth; 0 where there is no /proc to read them from. */
export const processSeconds = async (pid: number): Promise<number> => (await statOf(pid))?.own ?? 0

interface Stat {
  readonly parent: number
  readonly own: number
  readonly endedChildren: number
}

/** From proc(5): fields 4 (parent), 14 and 15 (CPU time), 16 and 17 (of children that were waited for), counted behind the name. */
const statOf = async (pid: number): Promise<Stat | null> => {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  if (text === null) return null
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const secondsFrom = (at: number): number => (Number(fields[at]) + Number(fields[at + 1])) / ticksPerSecond
  return { parent: Number(fields[1]), own: secondsFrom(11), endedChildren: secondsFrom(13) }
}
