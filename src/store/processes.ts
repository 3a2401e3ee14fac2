import { z } from 'zod'
import type { ReportProcess } from '../report/processes.ts'
import type { Queryable } from './database.ts'

/** A process of openwatch, as it names itself. */
export type OwnProcess = Pick<ReportProcess, 'id' | 'kind' | 'host' | 'pid' | 'version'>

const doingSchema = z.object({
  /** Where its page is. */
  page: z.string().nullable().default(null),
  /** Where it tells of its health and its metrics; null without a port for that. */
  metrics: z.string().nullable().default(null),
  /** What keeps it from its work, in words; null while nothing does. */
  trouble: z.string().nullable().default(null),
  /** Names of its worker pools: by them others know its connections. */
  pools: z.array(z.string()).readonly().default([]),
})

/** What a process does. */
export type Doing = z.infer<typeof doingSchema>

/** Says that a process lives; the first time, and whenever others have given it up, that it is there. */
export async function beat(db: Queryable, me: OwnProcess, doing: Doing): Promise<void> {
  await db.query({
    name: 'beat',
    text: `insert into process (id, kind, host, pid, version, started_at, seen_at, doing)
       values ($1, $2, $3, $4, $5, clock_timestamp(), clock_timestamp(), $6)
       on conflict (id) do update set seen_at = excluded.seen_at, doing = excluded.doing`,
    values: [me.id, me.kind, me.host, me.pid, me.version, JSON.stringify(doing)],
  })
}

/** Takes a process off that ends in order. */
export async function signOff(db: Queryable, id: string): Promise<void> {
  await db.query('delete from process where id = $1', [id])
}

/** All processes, the oldest first; ages by the database's clock. */
export async function listProcesses(db: Queryable): Promise<ReportProcess[]> {
  const { rows } = await db.query<Omit<ReportProcess, 'page' | 'metrics' | 'trouble'> & { doing: unknown }>(
    `select id, kind, host, pid, version, started_at "startedAt", seen_at "seenAt", doing,
       greatest(0, extract(epoch from clock_timestamp() - seen_at) * 1000)::float8 as "silentMs"
     from process order by started_at, id`,
  )
  return rows.map(({ doing, ...row }) => {
    const { page, metrics, trouble } = doingSchema.parse(doing)
    return { ...row, page, metrics, trouble }
  })
}

/** Forgets processes that were last seen so long ago. */
export async function forgetProcesses(db: Queryable, silentMs: number): Promise<void> {
  await db.query(`delete from process where seen_at < clock_timestamp() - make_interval(secs => $1)`, [
    silentMs / 1000,
  ])
}

/** Forgets processes of this host that a new one there knows to have ended: their pids are nobody's. */
export async function forgetEnded(
  db: Queryable,
  host: string,
  isGone: (pid: number) => boolean,
): Promise<void> {
  const { rows } = await db.query<{ id: string; pid: number }>(
    'select id, pid from process where host = $1',
    [host],
  )
  const gone = rows.filter(({ pid }) => isGone(pid)).map(({ id }) => id)
  await db.query('delete from process where id = any($1)', [gone])
}

/**
 * Has processes that were last seen in the future be seen now: the database's clock was set back since, and those of them
 * that live say so anew.
 */
export async function expectSigns(db: Queryable): Promise<void> {
  await db.query('update process set seen_at = clock_timestamp() where seen_at > clock_timestamp()')
}

/**
 * Ends the connections of processes that have been silent for so long, and with them what they hold: locks on hosts,
 * transactions, leases. One that was only stopped or cut off for a while finds its connections gone, and opens new ones.
 * Gives the ids of those that still had any.
 */
export async function endConnectionsOfLost(db: Queryable, silentMs: number): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `with lost as materialized (
       select id, array(select left('openwatch worker ' || pool, 63) from jsonb_array_elements_text(doing->'pools') pool) as leases
       from process where seen_at < clock_timestamp() - make_interval(secs => $1)
     ), theirs as materialized (
       select lost.id, a.pid from lost join pg_stat_activity a
         on starts_with(a.application_name, 'openwatch ' || lost.id) or a.application_name = any(lost.leases)
       where a.datname = current_database() and a.usename = current_user
     )
     select id from theirs where pg_terminate_backend(pid) group by id`,
    [silentMs / 1000],
  )
  return rows.map(({ id }) => id)
}
