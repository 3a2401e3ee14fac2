import type { Client } from 'pg'
import type { Series } from './level.ts'

/** What was measured at one moment, by name. */
export type Sample = ReadonlyMap<string, number>

const megabyte = 1024 ** 2

/** Tables that grow with what was found: evidence, and what was told of it. */
const kept: ReadonlySet<string> = new Set([
  ...['match', 'claim', 'evidence', 'status_change', 'watch_item', 'alert', 'delivery', 'message'],
])

/** Measures a process, by what it tells of itself, and its database. */
export async function takeSample(metricsUrl: string, db: Client): Promise<Sample> {
  const metrics = await (await fetch(metricsUrl)).text()
  const metric = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(metrics)?.[1] ?? 0)
  const { rows: tables } = await db.query<{
    name: string
    size: string
    indexes: string
    dead: string
  }>(
    `select relname as name, pg_table_size(relid) as size, pg_indexes_size(relid) as indexes, n_dead_tup as dead
     from pg_stat_user_tables order by relname`,
  )
  const { rows } = await db.query<{ connections: number; size: string; entries: number }>(
    `select count(*)::int as connections, pg_database_size(current_database()) as size,
       (select count(*)::int from entry) as entries
     from pg_stat_activity where datname = current_database()`,
  )
  const sum = (of: (row: (typeof tables)[number]) => string, among = tables) =>
    among.reduce((total, row) => total + Number(of(row)), 0)
  const passing = tables.filter(({ name }) => !kept.has(name))
  return new Map([
    ['memory (RSS)', metric('process_resident_memory_bytes') / megabyte],
    ['heap in use', metric('nodejs_heap_size_used_bytes') / megabyte],
    ['memory outside of the heap', metric('nodejs_external_memory_bytes') / megabyte],
    ['handles', metric('nodejs_active_handles_total')],
    ['requests under way', metric('nodejs_active_requests_total')],
    // told on Linux only
    ['file descriptors', metric('process_open_fds')],
    ['database connections', rows[0]?.connections ?? 0],
    ['dead rows', sum(({ dead }) => dead)],
    // where these are level and tables are not, it is space that is not given back
    ['entries kept', rows[0]?.entries ?? 0],
    ['tables that pass', sum(({ size }) => size, passing) / megabyte],
    ['indexes of tables that pass', sum(({ indexes }) => indexes, passing) / megabyte],
    ['database as a whole', Number(rows[0]?.size ?? 0) / megabyte],
    ...tables
      .filter(({ size, indexes }) => Number(size) + Number(indexes) > megabyte)
      .map(({ name, size, indexes }): [string, number] => [
        `table ${name}`,
        (Number(size) + Number(indexes)) / megabyte,
      ]),
  ])
}

/** Samples as series, in the order in which things were first measured. */
export function seriesOf(samples: readonly Sample[]): Series[] {
  const names = new Set(samples.flatMap((sample) => [...sample.keys()]))
  return [...names].map((name) => {
    const isCount = counts.has(name)
    const isKept = name === 'database as a whole' || (name.startsWith('table ') && kept.has(name.slice(6)))
    return {
      name,
      unit: isCount ? ('' as const) : ('MB' as const),
      slack: counts.get(name) ?? (name.startsWith('table ') ? 1 : 4),
      values: samples.map((sample) => sample.get(name) ?? 0),
      ...(isKept && { isKept }),
    }
  })
}

/** What is counted, and what it may grow by: rows die until they are vacuumed, and sockets come and go. */
const counts: ReadonlyMap<string, number> = new Map([
  ['handles', 8],
  ['requests under way', 8],
  ['file descriptors', 8],
  ['database connections', 3],
  ['dead rows', 3000],
  ['entries kept', 1000],
])
