import type pg from 'pg'
import { hostOf } from '../src/store/hosts.ts'

/**
 * Feeds of the benchmark's server that have been polled before: it answers them by 304. As rows, since polling 100,000
 * feeds a first time takes longer than what is measured.
 */
export const seedFeeds = async (pool: pg.Pool, urls: readonly string[]): Promise<void> => {
  await pool.query(
    `insert into feed (url, host, origin, etag, created_at, last_poll_at, last_ok_at, last_entry_at, next_poll_at,
       stale_after, newest_at, usual_gap_ms)
     select url, host, 'user', '"feed-' || (place - 1) || '"', now(), now(), now(), now() - interval '1 hour',
       now() + random() * interval '1 hour', now() + interval '10 years', now() - interval '1 hour', 3600000
     from unnest($1::text[], $2::text[]) with ordinality as made(url, host, place)`,
    [urls, urls.map(hostOf)],
  )
  await pool.query('vacuum (analyze) feed')
}
