import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { explainEntry, explainRevisions, type RevisionExplanation } from '../../pipeline/explain.ts'
import { searchEntries } from '../../pipeline/search-entries.ts'
import { revisionsOfEntry } from '../../store/entries.ts'
import { choosableFeeds } from '../../store/entry-search.ts'
import { listItems } from '../../store/watch-items.ts'
import type { Desk } from '../desk.ts'
import { fieldOf } from '../fields.ts'
import { renderEntriesPage, type EntriesForm } from '../pages/entries-page.tsx'
import { renderExplainPage } from '../pages/explain-page.tsx'
import { viewerOf } from '../viewer.ts'

const dayMs = 86_400_000

/** More feeds than these are no choice any more: the page of a feed leads to its entries. */
const mostFeeds = 300

/** The pages /entries and /entries/explain. */
export function entriesRoutes(desk: Desk) {
  return (app: FastifyInstance, _options: object, done: () => void): void => {
    app.get('/entries', (request, reply) => search(desk, request, reply))
    app.get('/entries/explain', async (request, reply) => {
      const url = fieldOf(request.query, 'url')
      const entryId = fieldOf(request.query, 'entry')
      const explained = await explain(desk, url, entryId)
      const shown = url === '' ? (explained?.[0]?.revision.url ?? '') : url
      return html(reply).send(renderExplainPage({ url: shown, explained }, viewerOf(request)))
    })
    done()
  }
}

async function search(desk: Desk, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { query } = request
  const form: EntriesForm = {
    q: fieldOf(query, 'q').slice(0, 1000),
    outlet: fieldOf(query, 'outlet').toLowerCase(),
    feed: fieldOf(query, 'feed'),
    from: fieldOf(query, 'from'),
    until: fieldOf(query, 'until'),
  }
  const cursor = fieldOf(query, 'cursor')
  const since = dayOf(form.from)
  const until = dayOf(form.until)
  const faults = new Map<string, string>()
  const notADay = 'this is not a day: write year-month-day, such as 2026-03-01'
  if (since === 'bad') faults.set('from', notADay)
  if (until === 'bad') faults.set('until', notADay)
  const searched = await searchEntries(
    {
      query: form.q,
      outlet: form.outlet === '' ? undefined : form.outlet,
      feedId: /^\d{1,9}$/.test(form.feed) ? Number(form.feed) : undefined,
      since: since instanceof Date ? since : undefined,
      until: until instanceof Date ? new Date(until.getTime() + dayMs) : undefined,
      cursor: cursor === '' ? undefined : cursor,
    },
    desk.db.pool,
  )
  const feeds = await choosableFeeds(desk.db.pool, mostFeeds)
  const isFine = searched.kind === 'found' && faults.size === 0
  const shown = { form, feeds, searched, faults, isFirstPage: cursor === '' }
  return html(reply)
    .code(isFine ? 200 : 422)
    .send(renderEntriesPage(shown, viewerOf(request)))
}

/** The start of a day in UTC; null where none is given. */
function dayOf(text: string): Date | 'bad' | null {
  if (text === '') return null
  const day = new Date(`${text}T00:00:00Z`)
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(day.getTime()) ? day : 'bad'
}

async function explain(desk: Desk, url: string, entryId: string): Promise<RevisionExplanation[] | null> {
  const { pool } = desk.db
  if (url === '' && !/^\d{1,18}$/.test(entryId)) return null
  const items = (await listItems(pool)).filter(({ state }) => state !== 'retired')
  if (url !== '') return explainEntry(pool, url, items, desk.config())
  return explainRevisions(pool, await revisionsOfEntry(pool, entryId), items, desk.config())
}

function html(reply: FastifyReply): FastifyReply {
  return reply.type('text/html; charset=utf-8')
}
