import type pg from 'pg'
import type { WatchItem } from '../src/matching/watch-item.ts'
import { initialStanding } from '../src/status/standing.ts'
import { bumpWatchSetVersion } from '../src/store/settings.ts'
import { randomFrom, wordOf, zipf } from './percolate-material.ts'

/** Ranks below this are words like "the": nobody asks for them. */
const everydayRanks = 100
/** When the watch over the made-up questions began. */
const since = new Date('2020-01-01T00:00:00Z')

/** Questions that made-up feeds answer ("Zeppelin 7"), see feed-server.ts; the others are only like them. */
export const madeItems = (count: number, answered: number): WatchItem[] => {
  const next = zipf(randomFrom(3))
  const word = (): string => {
    for (;;) {
      const rank = next()
      if (rank >= everydayRanks) return wordOf(rank)
    }
  }
  return Array.from({ length: count }, (_, n) => {
    const isAnswered = n < answered
    const subject = isAnswered ? `Zeppelin ${n}` : `${word()} ${word()}`
    return {
      id: `made-${n}`,
      question: `When will ${subject} be released?`,
      subject: [subject],
      context: isAnswered ? [] : [word(), word(), word(), word()],
      about: [],
      kind: 'release',
      topic: `topic ${n % 20}`,
      official: isAnswered ? [`acme${n}.com`] : [],
      status: 'open',
      expected: null,
      since,
    }
  })
}

/** Puts items in the place of all that are there, in one statement: what synchronising a configuration comes to. */
export const putItems = async (pool: pg.Pool, items: readonly WatchItem[]): Promise<void> => {
  await pool.query('truncate watch_item cascade')
  const rows = items.map((item) => ({ ...item, standing: initialStanding(item) }))
  await pool.query(
    `insert into watch_item (id, question, subject, context, about, kind, topic, official, initial_status,
       initial_expected, since, origin, standing, created_at, updated_at, caught_up_at)
     select id, question, subject, context, about, kind, topic, official, status, expected, since, 'user', standing,
       since, since, since
     from jsonb_to_recordset($1) as t(id text, question text, subject text[], context text[], about text[], kind text,
       topic text, official text[], status text, expected text, since timestamptz, standing jsonb)`,
    [JSON.stringify(rows)],
  )
  await bumpWatchSetVersion(pool)
}
