import { buildReport } from '../report/build.ts'
import { oneLine } from '../report/plain.ts'
import type { ReportClaim } from '../report/report-input.ts'
import type { ItemReport } from '../report/status-report.ts'
import type { Database, Queryable } from './database.ts'
import { editsOf, type ItemEdit } from './item-edits.ts'
import { readReportInput } from './report.ts'
import { listItems, type StoredItem } from './watch-items.ts'

/** All that is known of one question, retired ones included. */
export interface ItemStory {
  readonly stored: StoredItem
  readonly report: ItemReport
  /** Everything that was said, oldest first; of what decided nothing the newest 200. */
  readonly claims: readonly ReportClaim[]
  /** Which words of a sentence met the question's query. */
  readonly matchedWords: (said: Said) => readonly string[]
  /** What people did to it, the newest first. */
  readonly edits: readonly ItemEdit[]
}

/** A sentence, by what names it. */
export interface Said {
  readonly url: string
  readonly quote: string
}

/** Reads the story of a question; null where there is none of that id. */
export async function readItemStory(
  { pool }: Pick<Database, 'pool'>,
  id: string,
  now: Date,
): Promise<ItemStory | null> {
  const [stored] = await listItems(pool, [id])
  if (stored === undefined) return null
  const input = await readReportInput({ pool }, now, [id])
  const [report] = buildReport(input, now, { withRetired: true }).items
  if (report === undefined) return null
  const words = await readMatchedWords(pool, id)
  return {
    stored,
    report,
    claims: input.items[0]?.claims ?? [],
    matchedWords: (said) => words.get(nameOf(said)) ?? [],
    edits: await editsOf(pool, id),
  }
}

interface Row extends Said {
  readonly title: string
  readonly text: string
  readonly spans: readonly {
    readonly field: 'title' | 'text'
    readonly start: number
    readonly end: number
  }[]
}

/** So much of a text is looked at for the words that met the query, in characters. */
const mostText = 20_000
/** Of so many sentences, the newest; those that decided something first. */
const mostSentences = 300

async function readMatchedWords(db: Queryable, itemId: string): Promise<Map<string, readonly string[]>> {
  const { rows } = await db.query<Row>(
    `select c.url, c.quote, r.title, left(r.text, $2) as text, m.spans
     from claim c join match m on m.id = c.match_id join revision r on r.id = m.revision_id
     where c.watch_item_id = $1
     order by c.decision = 'unchanged', c.at desc limit $3`,
    [itemId, mostText, mostSentences],
  )
  return new Map(
    rows.map((row) => {
      const words = row.spans.map(({ field, start, end }) => row[field].slice(start, end))
      return [nameOf(row), [...new Set(words.map(oneLine).filter(Boolean))]]
    }),
  )
}

function nameOf({ url, quote }: Said): string {
  return `${url} ${quote}`
}

/** The ids of all questions under watch, for who asked for one that there is not. */
export async function watchedIds(db: Queryable): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select id from watch_item where state <> 'retired' order by id`,
  )
  return rows.map(({ id }) => id)
}
