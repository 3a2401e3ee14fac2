import { readFile } from 'node:fs/promises'
import pg from 'pg'
import type { Document } from '../src/matching/document.ts'
import { startPassingPostgres } from '../test/support/passing-postgres.ts'
import { closeOnce } from './close-once.ts'
import type { Material } from './percolate-material.ts'
import { neededWords, tsqueryOf } from './tsquery.ts'
import type { Measured, Yardstick } from './yardstick.ts'

/** Postgres as a percolator: queries stored as tsquery, items as tsvector, in an embedded server of the benchmark's own. */
export interface PostgresYardsticks {
  readonly yardsticks: readonly Yardstick[]
  /** Stops the server and takes its folder away. */
  close(): Promise<void>
}

/** Starts the server. Throws with the reason where there is none for this machine. */
export const openPostgresYardsticks = async (): Promise<PostgresYardsticks> => {
  const server = await startPassingPostgres('bench', { fsync: 'off' })
  return { yardsticks: yardsticksOn(server.connection), close: closeOnce(() => server.close()) }
}

const yardsticksOn = (connection: pg.ClientConfig): readonly Yardstick[] => [
  {
    name: 'Postgres, tsvector @@ tsquery over all stored queries',
    items: 500,
    match: (material) => measure(connection, material, scan),
  },
  {
    name: 'the same behind an index of needed words',
    items: 5000,
    match: (material) => measure(connection, material, throughNeededWords),
  },
]

const scan = `select items.id as item, queries.id as query
  from items join queries on items.vector @@ queries.query`

/** Faster than GIN over arrays of needed words (twice) and GiST's tsquery_ops (slower than the scan), see README.md. */
const throughNeededWords = `select distinct words.id as item, queries.id as query
  from (select id, vector, unnest(tsvector_to_array(vector)) as word from items) words
  join needed_words using (word)
  join queries on queries.id = needed_words.query and words.vector @@ queries.query`

/** One core, no compiler that is slower to start than the query, nothing compressed that is read for every item. */
const schema = `
  set max_parallel_workers_per_gather = 0; set jit = off; set work_mem = '256MB';
  create temporary table queries (id int primary key, query tsquery not null);
  create temporary table items (id int primary key, vector tsvector not null);
  create temporary table needed_words (word text not null, query int not null);
  alter table queries alter query set storage plain;
  alter table items alter vector set storage plain`

const indexes = `create index on needed_words (word); analyze queries; analyze items; analyze needed_words`

/** Positions of title and text 20 apart, so that neither a phrase nor a NEAR/8 reaches across. */
const vector = `ts_delete(
  to_tsvector('simple', item->>'title') || 'gap:20'::tsvector || to_tsvector('simple', item->>'text'), 'gap')`

/** What is stored is not measured, as the percolator's adding and reading are not: one statement matches all items. */
const measure = async (
  connection: pg.ClientConfig,
  { queries, documents }: Material,
  statement: string,
): Promise<Measured> => {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    await client.query(schema)
    const frequency = frequencyIn(documents)
    const stored = queries.map((query, id) => ({
      id,
      query: tsqueryOf(query),
      words: neededWords(query, frequency),
    }))
    await insert(client, `queries select (item->>'id')::int, (item->>'query')::tsquery`, stored)
    await insert(
      client,
      `needed_words select jsonb_array_elements_text(item->'words'), (item->>'id')::int`,
      stored,
    )
    const items = documents.map(({ title, text }, id) => ({ id, title: title.raw, text: text.raw }))
    await insert(client, `items select (item->>'id')::int, ${vector}`, items)
    await client.query(indexes)
    const cpu = await backendClock(client)
    const before = await cpu()
    const { rows } = await client.query<{ item: number; query: number }>(statement)
    const seconds = (await cpu()) - before
    return { matches: byItem(documents.length, rows), seconds }
  } finally {
    await client.end()
  }
}

const insert = (client: pg.Client, what: string, rows: readonly unknown[]): Promise<unknown> =>
  client.query(`insert into ${what} from jsonb_array_elements($1::jsonb) as item`, [JSON.stringify(rows)])

const frequencyIn = (documents: readonly Document[]): ((term: string) => number) => {
  const counts = new Map<string, number>()
  for (const { title, text } of documents) {
    for (const { norm } of [...title.tokens, ...text.tokens]) counts.set(norm, (counts.get(norm) ?? 0) + 1)
  }
  return (term) => counts.get(term) ?? 0
}

const byItem = (
  count: number,
  rows: readonly { readonly item: number; readonly query: number }[],
): number[][] => {
  const matches = Array.from({ length: count }, (): number[] => [])
  for (const { item, query } of rows) matches[item]?.push(query)
  return matches.map((found) => found.sort((a, b) => a - b))
}

/** CPU seconds of the connection's own process on Linux; elsewhere the clock on the wall, which is no less. */
const backendClock = async (client: pg.Client): Promise<() => Promise<number>> => {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  const file = `/proc/${rows[0]?.pid ?? 'none'}/schedstat`
  const isKept = await readFile(file).then(
    () => true,
    () => false,
  )
  if (!isKept) return () => Promise.resolve(performance.now() / 1000)
  return async () => Number((await readFile(file, 'utf8')).split(' ')[0]) / 1e9
}
