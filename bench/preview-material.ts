import type pg from 'pg'
import { randomFrom, wordOf, zipf } from './percolate-material.ts'

const chunk = 5000
const feeds = 100
const titleWords = 9
const textWords = 45

/** The name that a question of the benchmark asks about: one in so many entries has it, one in so many of those news of it. */
export const rareName = 'Orion 7'
const rareEvery = 2000
const newsEvery = 10

/** A word that about one entry in thirty has in it. */
export const frequentName = wordOf(600)

/** Entries with titles and texts of made-up words as frequent as those of a language, spread over two years. */
export const fillEntries = async (pool: pg.Pool, entries: number): Promise<void> => {
  await pool.query(
    `insert into feed (url, title, origin, state, created_at)
     select 'https://feeds.example/' || n, 'Feed ' || n, 'user', 'active', now() from generate_series(1, $1) n`,
    [feeds],
  )
  const random = randomFrom(7)
  const next = zipf(random)
  const words = (count: number): string => {
    const text = Array.from({ length: count }, () => wordOf(next())).join(' ')
    return text.charAt(0).toUpperCase() + text.slice(1)
  }
  for (let from = 0; from < entries; from += chunk) {
    const places = Array.from({ length: Math.min(chunk, entries - from) }, (_, at) => from + at)
    const titles = places.map((place) => `${titleStart(place)}${words(titleWords)}`)
    const texts = places.map(() => Array.from({ length: 3 }, () => `${words(textWords / 3)}.`).join(' '))
    await pool.query(
      `with given as (
         select * from unnest($1::int[], $2::text[], $3::text[]) as t(n, title, text)
       ), added as (
         insert into entry (feed_id, identity, url, outlet, published_at, first_seen_at, at)
         select 1 + n % $4, sha256(n::text::bytea), 'https://outlet' || n % 500 || '.example/' || n,
           'outlet' || n % 500 || '.example', t.at, t.at, t.at
         from given cross join lateral (select now() - interval '730 days' * (1 - n::float / $5) as at) t
         returning id, identity, at
       )
       insert into revision (entry_id, hash, title, text, seen_at)
       select a.id, a.identity, g.title, g.text, a.at from added a join given g on sha256(g.n::text::bytea) = a.identity`,
      [places, titles, texts, feeds, entries],
    )
    if ((from + chunk) % 100_000 === 0)
      process.stderr.write(`preview: ${(from + chunk).toLocaleString('en')} entries stored\n`)
  }
  await pool.query('vacuum analyze entry')
  await pool.query('vacuum analyze revision')
}

function titleStart(place: number): string {
  if (place % rareEvery !== rareEvery - 1) return ''
  const month = 1 + (place % 12)
  return place % (rareEvery * newsEvery) === rareEvery - 1
    ? `Acme delays ${rareName} to ${month} May, `
    : `What ${rareName} could be: `
}
