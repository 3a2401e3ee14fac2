import type { Cluster } from './cluster.ts'

/** What is still waiting at the end of a run, and what it waits for, by the name of the part. Ages are in seconds. */
const statements: Record<string, string> = {
  delivery: `select d.channel, coalesce(a.watch_item_id, a.kind) as alert, d.state, d.attempts, d.next_attempt_at as "nextAt",
      d.message_id as message, d.last_error as error
    from delivery d join alert a on a.id = d.alert_id where d.state not in ('sent', 'withdrawn') order by d.created_at limit 20`,
  channel: `select name, held_until as "heldUntil", failures, last_ok_at as "lastOkAt", last_error as error from channel_state`,
  job: `select j.key, q.queue_name as queue, j.attempts || '/' || j.max_attempts as attempts, j.is_available as available,
      round(extract(epoch from j.run_at - now())) as "runIn", j.locked_by as "lockedBy",
      round(extract(epoch from now() - j.locked_at)) as "lockedFor", left(j.last_error, 200) as error
    from graphile_worker._private_jobs j left join graphile_worker._private_job_queues q on q.id = j.job_queue_id`,
  queue: `select queue_name as queue, locked_by as "lockedBy", round(extract(epoch from now() - locked_at)) as "lockedFor",
      exists (select from graphile_worker._private_jobs j where j.job_queue_id = q.id and j.locked_by = q.locked_by) as "hasJob",
      exists (select from pg_stat_activity where application_name = left('openwatch worker ' || locked_by, 63)) as "holderLives"
    from graphile_worker._private_job_queues q where locked_by is not null`,
  process: `select kind, pid, round(extract(epoch from now() - seen_at)) as "silentFor", doing from process order by pid`,
  feed: `select url, state, next_poll_at as "nextAt", last_poll_at as "lastAt", last_error as error
    from feed order by next_poll_at limit 5`,
  statement: `select pid, application_name as by, state, wait_event as "waitsFor",
      round(extract(epoch from now() - xact_start)) as "transactionFor", left(query, 120) as query
    from pg_stat_activity where datname = current_database() and xact_start < now() - interval '1 second'`,
}

/**
 * Reads what is left over in a database, a line for each row: so that a run that lost something says by itself why. `now`:
 * the time of the run.
 */
export async function leftOver(
  { query }: Pick<Cluster, 'query'>,
  database: string,
  now: Date,
): Promise<string[]> {
  const lines = [`clock: ${now.toISOString()}`]
  for (const [part, statement] of Object.entries(statements)) {
    const rows = await query(database, statement)
    for (const row of rows) lines.push(`${part}: ${JSON.stringify(row)}`)
  }
  return lines
}
