import type pg from 'pg'

const feeds = 100
const chunk = 100_000
/** Every so-manieth entry meets a question. */
const matchEvery = 5
/** Every so-manieth match says something about its question. */
const claimEvery = 10

/** Questions of all statuses with a past, over as many stored entries as wanted, written by the database itself. */
export const fillBoard = async (
  pool: pg.Pool,
  { questions, entries }: { readonly questions: number; readonly entries: number },
): Promise<void> => {
  await pool.query(
    `insert into feed (url, title, origin, state, created_at, last_poll_at, last_ok_at, failures, last_error, failing_since)
     select 'https://feeds.example/' || n, 'Feed ' || n, 'user', 'active', now(), now(), now(),
       case when n % 25 = 0 then 3 else 0 end, case when n % 25 = 0 then 'answered 503' end,
       case when n % 25 = 0 then now() - interval '2 hours' end
     from generate_series(1, $1) n`,
    [feeds],
  )
  await insertQuestions(pool, questions)
  for (let from = 0; from < entries; from += chunk) {
    await insertEntries(pool, { from, to: Math.min(from + chunk, entries), entries })
    process.stderr.write(`board: ${Math.min(from + chunk, entries).toLocaleString('en')} entries stored\n`)
  }
  await insertMatches(pool, { questions, entries })
  await insertChanges(pool)
  await pool.query('analyze')
}

const insertQuestions = (pool: pg.Pool, questions: number): Promise<unknown> =>
  pool.query(
    `insert into watch_item (id, question, subject, kind, topic, initial_status, since, origin, standing, created_at,
       updated_at, caught_up_at)
     select 'question-' || n,
       'When will ' || initcap(substr(md5(n::text), 1, 7)) || ' release the ' || (array['open-weight model', 'safety report',
         'second edition', 'Linux client'])[n % 4 + 1] || ' that it promised in ' || 2020 + n % 6 || '?',
       array['subject ' || n], 'release', 'topic ' || n % 12, 'open', now() - interval '2 years', 'user',
       jsonb_build_object('status', status, 'since', now() - interval '1 day' * n, 'expected',
         case when status in ('announced', 'delayed') then jsonb_build_object('from', '2030-06-01', 'to', '2030-08-31',
           'granularity', 'season', 'text', 'summer 2030') end,
         'disputed', n % 40 = 0, 'evidence', '[]'::jsonb, 'movedAt', now(), 'before', null, 'readings', (select jsonb_agg(jsonb_build_object('entryId', r, 'at', now(),
           'text', repeat(md5(r::text) || ' ', 20))) from generate_series(1, 100) r)),
       now(), now(), now()
     from generate_series(1, $1) n, lateral (select
       (array['open', 'rumoured', 'announced', 'delayed', 'happened', 'cancelled'])[n % 6 + 1] as status) s`,
    [questions],
  )

/** Entries spread over a year. */
const insertEntries = (
  pool: pg.Pool,
  { from, to, entries }: { readonly from: number; readonly to: number; readonly entries: number },
): Promise<unknown> =>
  pool.query(
    `with added as (
       insert into entry (feed_id, identity, url, outlet, published_at, first_seen_at, at)
       select 1 + n % $4, sha256(n::text::bytea), 'https://outlet' || n % 500 || '.example/' || n,
         'outlet' || n % 500 || '.example', t.at, t.at, t.at
       from generate_series($1::int, $2::int - 1) n
         cross join lateral (select now() - interval '365 days' * (1 - n::float / $3) as at) t
       returning id, identity, at
     )
     insert into revision (entry_id, hash, title, text, seen_at)
     select id, identity, 'Headline number ' || id, repeat(md5(id::text) || ' ', 8), at from added`,
    [from, to, entries, feeds],
  )

const insertMatches = async (
  pool: pg.Pool,
  { questions, entries }: { readonly questions: number; readonly entries: number },
): Promise<void> => {
  await pool.query(
    `insert into match (watch_item_id, entry_id, revision_id, at, story, spans)
     select 'question-' || 1 + (r.id / $2) % $1, r.entry_id, r.id, r.seen_at, 'story ' || r.id, '[]'
     from revision r where r.id % $2 = 0 and r.id <= $3`,
    [questions, matchEvery, entries],
  )
  await pool.query(
    `insert into claim (match_id, ordinal, watch_item_id, at, url, outlet, grade, signal, certainty, quote, origin,
       decision, reason, decided_at)
     select m.id, 0, m.watch_item_id, m.at, e.url, e.outlet, 'established', 'announced', 'reported',
       'The company said on day ' || m.id || ' that it would be released in the summer, after a long delay.',
       'story ' || m.id, 'unchanged', 'says what is known', m.at
     from match m join entry e on e.id = m.entry_id where m.id % $1 = 0`,
    [claimEvery],
  )
}

/** Four changes a question, each carried by a claim of its own. */
const insertChanges = (pool: pg.Pool): Promise<unknown> =>
  pool.query(
    `with changed as (
       insert into status_change (watch_item_id, sequence, kind, "from", "to", at, recorded_at, certainty, reason,
         expected_after)
       select id, n, case when n = 1 then 'status' else 'date' end, case when n = 1 then 'open' else 'announced' end,
         'announced', at, at, 'reported', 'an established outlet says so',
         jsonb_build_object('from', 2025 + n || '-06-01', 'to', 2025 + n || '-08-31', 'granularity', 'season', 'text',
           'summer ' || 2025 + n)
       from watch_item, generate_series(1, 4) n, lateral (select now() - interval '30 days' * (5 - n) as at) t
       returning id, watch_item_id, sequence
     )
     insert into evidence (status_change_id, claim_id, ordinal)
     select c.id, said.id, 0 from changed c join lateral (
       select id from claim where watch_item_id = c.watch_item_id order by id desc offset c.sequence limit 1) said on true`,
  )

/** A question moves, and an entry meets it. */
export const moveBoard = async (pool: pg.Pool, turn: number): Promise<void> => {
  await pool.query(
    `update watch_item set acknowledged_at = now()
     where id = (select id from watch_item order by id offset $1 % (select count(*) from watch_item) limit 1)`,
    [turn],
  )
  await pool.query(
    `insert into match (watch_item_id, entry_id, revision_id, at, story, spans)
     select (select id from watch_item order by id limit 1), entry_id, id, now(), 'new ' || $1::int, '[]'
     from revision where id = 1 + $1::int on conflict do nothing`,
    [turn],
  )
}
