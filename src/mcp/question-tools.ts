import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { z } from 'zod'
import { instant } from '../config/schema/values.ts'
import { count } from '../report/people-time.ts'
import { statuses } from '../status/status.ts'
import { findChanges } from '../store/changes.ts'
import { hints, refused, told } from './answer.ts'
import type { McpParts } from './parts.ts'
import { changeText, questionLine, questionText } from './question-text.ts'
import { aboutQuotes } from './untrusted.ts'

const most = 100

/** Tools that tell where questions stand and what moved. */
export function questionTools(server: McpServer, parts: McpParts): void {
  standingTools(server, parts)
  changesTool(server, parts)
}

function standingTools(server: McpServer, { desk }: McpParts): void {
  server.registerTool(
    'list_questions',
    {
      title: 'List the questions under watch',
      description: 'Every open question under watch with its status, since when, and the expected date.',
      inputSchema: {
        status: z.enum(statuses).optional(),
        topic: z.string().max(64).optional(),
        text: z.string().max(200).optional().describe('Words that the question or its id must hold'),
      },
      annotations: hints.looks,
    },
    async ({ status, topic, text = '' }) => {
      const words = text.toLowerCase().split(/\s+/)
      const items = (await desk.report()).items.filter(
        (item) =>
          (status === undefined || item.status === status) &&
          (topic === undefined || item.topic === topic) &&
          words.every((one) => `${item.id} ${item.question}`.toLowerCase().includes(one)),
      )
      return told(count(items.length, 'question'), items.map(questionLine).join('\n'))
    },
  )
  server.registerTool(
    'question_status',
    {
      title: 'Where a question stands, with the evidence',
      description:
        'One question in full: status, the quoted sentences that prove it, how it changed, every promised date and by whom, and what was said that moved nothing.',
      inputSchema: { id: z.string().min(1).max(64).describe('As list_questions names it') },
      annotations: hints.looks,
    },
    async ({ id }) => {
      const [item] = (await desk.report([id])).items
      return item === undefined ? noSuchQuestion(id) : told(aboutQuotes, questionText(item))
    },
  )
}

function changesTool(server: McpServer, { desk }: McpParts): void {
  server.registerTool(
    'list_changes_since',
    {
      title: 'What moved since a time',
      description:
        'The changes of status and promised date that were recorded since a day or time, newest first.',
      inputSchema: {
        since: instant().describe('A day or time in UTC, such as 2026-01-31'),
        topic: z.string().max(64).optional(),
        id: z.string().max(64).optional().describe('One question'),
      },
      annotations: hints.looks,
    },
    async ({ since, topic, id }) => {
      const keys = await findChanges(desk.db.pool, {
        ...{ since, topic, item: id, order: 'newest', after: null, limit: most },
      })
      if (keys.length === 0) return told(`nothing was recorded since ${since.toISOString()}`)
      const { items } = await desk.report([...new Set(keys.map(({ itemId }) => itemId))])
      const blocks = keys.flatMap(({ id: changeId, itemId }) => {
        const item = items.find((one) => one.id === itemId)
        const change = item?.changes.find((one) => one.id === changeId)
        return item === undefined || change === undefined
          ? []
          : [`${item.id}: ${item.question}\n${changeText(change)}`]
      })
      const more = keys.length === most ? `the newest ${most}; ask for a later time to see fewer` : null
      return told(
        `${count(keys.length, 'change')} since ${since.toISOString()}`,
        aboutQuotes,
        ...blocks,
        more,
      )
    },
  )
}

/** That there is no such question, and how to find out which there are. */
export function noSuchQuestion(id: string): ReturnType<typeof refused> {
  return refused(`there is no question ${JSON.stringify(id)}; list_questions names them`)
}
