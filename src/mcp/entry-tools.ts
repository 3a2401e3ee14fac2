import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { z } from 'zod'
import { instant } from '../config/schema/values.ts'
import { queryLanguage } from '../matching/query-language.ts'
import { explainEntry, type ItemExplanation } from '../pipeline/explain.ts'
import { searchEntries } from '../pipeline/search-entries.ts'
import { momentText } from '../report/people-time.ts'
import { maskUrl } from '../report/mask-url.ts'
import { listItems } from '../store/watch-items.ts'
import { hints, refused, told } from './answer.ts'
import type { McpParts } from './parts.ts'
import { noSuchQuestion } from './question-tools.ts'
import { aboutQuotes, untrusted, word } from './untrusted.ts'

/** Tools over the stored entries. */
export function entryTools(server: McpServer, parts: McpParts): void {
  explainTool(server, parts)
  searchTool(server, parts)
}

function explainTool(server: McpServer, { desk }: McpParts): void {
  server.registerTool(
    'explain_entry',
    {
      title: 'Why an entry did or did not change anything',
      description:
        'Follows an entry, found by its address: was it seen, what did it match, what was read in it, what was decided and why.',
      inputSchema: {
        url: z.string().min(1).max(4000).describe('The address that the entry links to'),
        id: z.string().max(64).optional().describe('One question; all when left out'),
      },
      annotations: hints.looks,
    },
    async ({ url, id }) => {
      const { pool } = desk.db
      const items = await listItems(pool, id === undefined ? undefined : [id])
      if (id !== undefined && items.length === 0) return noSuchQuestion(id)
      const asked = id === undefined ? items.filter(({ state }) => state !== 'retired') : items
      const explained = await explainEntry(pool, url, asked, desk.config())
      if (explained.length === 0)
        return refused(
          'no stored entry links there: no feed has carried it; feed_health tells which feeds fail',
        )
      const blocks = explained.map(({ revision, items: all }) => {
        const met = all.filter(({ match }) => match.matched)
        const missed = all.filter(({ match }) => !match.matched)
        return [
          untrusted(revision.title, revision.outlet),
          `seen ${momentText(revision.seenAt)} in ${word(maskUrl(revision.feedUrl))}; counts as of ${momentText(revision.at)}`,
          ...met.map(itemText),
          ...missed
            .slice(0, 20)
            .map((one) => `- ${one.stored.item.id}: no match: ${word(one.match.summary)}`),
        ].join('\n')
      })
      return told(aboutQuotes, ...blocks)
    },
  )
}

function itemText({ stored, match, claims, remarks, decided, notJudged }: ItemExplanation): string {
  return [
    `- ${stored.item.id}: ${word(match.summary)}`,
    ...(notJudged === null ? [] : [`  not judged: ${notJudged}`]),
    ...claims.map(
      ({ signal, hedged, quote }) =>
        `  claims ${signal ?? 'a date'}${hedged ? ', hedged' : ''}: ${untrusted(quote, 'the entry')}`,
    ),
    ...(claims.length === 0
      ? [`  claims nothing: ${word(remarks[0] ?? 'it says nothing about the question')}`]
      : []),
    ...decided.map(({ decision, reason }) => `  decided: ${decision}: ${word(reason)}`),
  ].join('\n')
}

function searchTool(server: McpServer, { desk }: McpParts): void {
  server.registerTool(
    'search_entries',
    {
      title: 'Search the stored entries',
      description: `The newest stored entries that meet a query. ${queryLanguage}. Empty: the newest of all.`,
      inputSchema: {
        query: z.string().max(1000),
        outlet: z.string().max(300).optional().describe('A domain'),
        since: instant().optional(),
        until: instant().optional(),
        limit: z.number().int().min(1).max(100).optional().describe('25 when left out'),
        cursor: z.string().max(200).optional().describe('To go on, as the answer before said'),
      },
      annotations: hints.looks,
    },
    async (asked) => {
      const searched = await searchEntries(asked, desk.db.pool)
      switch (searched.kind) {
        case 'bad-query':
          return refused(`the query cannot be read: ${searched.error.message}`)
        case 'bad-cursor':
          return refused('this is no cursor of a search: begin without one')
        case 'found': {
          const { entries, next } = searched
          const lines = entries.map(
            ({ revision: { title, outlet, at, url }, items }) =>
              `- ${momentText(at)} ${untrusted(title, outlet)} ${word(url ?? '')}${items.length === 0 ? '' : ` (met ${items.join(', ')})`}`,
          )
          const more = next === null ? 'That is all.' : `There may be more: cursor ${next}`
          return told(aboutQuotes, lines.length === 0 ? 'nothing was found' : lines.join('\n'), more)
        }
      }
    },
  )
}
