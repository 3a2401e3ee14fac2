import type pg from 'pg'

const chunk = 100_000

/** Entries with texts, as many as wanted, spread over feeds that are registered; by the database itself, in chunks. */
export const seedEntries = async (
  pool: pg.Pool,
  { urls, from, to }: { readonly urls: readonly string[]; readonly from: number; readonly to: number },
): Promise<void> => {
  for (let at = from; at < to; at += chunk) {
    await pool.query(
      `with numbered as (
         select id, row_number() over (order by id) - 1 as place from feed where url = any($1)
       ), added as (
         insert into entry (feed_id, identity, url, outlet, published_at, first_seen_at, at, title_key)
         select f.id, sha256(n::text::bytea), 'https://seed.example/' || n, 'seed.example', t.at, t.at, t.at, n
         from generate_series($2::bigint, $3::bigint - 1) n
           join numbered f on f.place = n % cardinality($1::text[])
           cross join lateral (select now() - interval '200 days' * ((n % 1000003) / 1000003.0) as at) t
         returning id, identity, first_seen_at
       )
       insert into revision (entry_id, hash, title, text, seen_at)
       select id, identity, 'Seeded headline number ' || id, repeat(md5(id::text) || ' ', 10), first_seen_at from added`,
      [urls, at, Math.min(at + chunk, to)],
    )
  }
  // what seeding leaves to be written and swept is not to be paid by what is measured next
  await pool.query('vacuum (analyze) entry, revision')
  await pool.query('checkpoint')
}

/** A past for every question: entries that met it, what they said, and two changes with their evidence. */
export const seedHistory = async (pool: pg.Pool, matchesOfItem: number): Promise<void> => {
  await pool.query(
    `with material as (
       select r.id, r.entry_id, row_number() over () - 1 as place from (select id, entry_id from revision limit 20000) r
     ), matched as (
       insert into match (watch_item_id, entry_id, revision_id, at, story, spans)
       select w.id, m.entry_id, m.id, now() - interval '1 day' * n, 'story ' || n, '{"title":[],"text":[]}'
       from (select id, row_number() over (order by id) as place from watch_item) w
         cross join generate_series(1, $1::int) n
         join material m on m.place = (w.place * 7 + n) % (select count(*) from material)
       returning id, watch_item_id, at
     )
     insert into claim (match_id, ordinal, watch_item_id, at, url, outlet, grade, signal, certainty, quote, origin,
       decision, reason, decided_at)
     select id, 0, watch_item_id, at, 'https://seed.example/', 'seed.example', 'established', 'announced', 'reported',
       'The company said that it would be released in the summer.', 'story', 'unchanged', 'says what is known', at
     from matched`,
    [matchesOfItem],
  )
  await pool.query(
    `with changed as (
       insert into status_change (watch_item_id, sequence, kind, "from", "to", at, recorded_at, certainty, reason)
       select id, n, 'status', 'open', 'announced', now() - interval '1 day' * (3 - n), now() - interval '1 day' * (3 - n),
         'reported', 'an established outlet says so'
       from watch_item, generate_series(1, 2) n
       returning id, watch_item_id, sequence
     )
     insert into evidence (status_change_id, claim_id, ordinal)
     select c.id, (select max(id) from claim where watch_item_id = c.watch_item_id), 0 from changed c`,
  )
  await pool.query('analyze')
}
