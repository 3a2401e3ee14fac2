import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js'
import { z } from 'zod'
import { itemLimits } from '../config/schema/item-limits.ts'
import type { WatchItem } from '../matching/watch-item.ts'
import { addItem, withSince } from '../pipeline/add-item.ts'
import { previewSteps, type Preview, type PreviewOptions } from '../pipeline/preview.ts'
import { proposeItem } from '../pipeline/propose-item.ts'
import { readWrittenItem, type FieldProblem } from '../pipeline/written-item.ts'
import { windowText } from '../report/date-window.ts'
import { count, dayText } from '../report/people-time.ts'
import { statuses } from '../status/status.ts'
import type { Proposed } from '../status/propose-words.ts'
import { listItems } from '../store/watch-items.ts'
import { mayDo } from '../web/viewer.ts'
import { hints, refused, told } from './answer.ts'
import type { McpParts } from './parts.ts'
import { noSuchQuestion } from './question-tools.ts'
import { aboutQuotes, untrusted, word } from './untrusted.ts'

const wordList = () => z.array(z.string().max(itemLimits.word)).max(itemLimits.words)
const words = (about: string) => wordList().optional().describe(about)
const name = () => z.string().max(itemLimits.name)

const described = {
  subject: words('Aliases of the subject: one must occur in an entry'),
  context: words('One of these must occur too'),
  about: words('And one of these'),
  kind: name().optional().describe('release, decision, measure, event, ...'),
  topic: name().optional(),
  official: words('Domains whose own word settles the question'),
  since: z
    .string()
    .max(itemLimits.since)
    .optional()
    .describe('Entries from this day on; `stored`: all that are stored'),
}

/** Tools on the way to a new question: propose, preview, and, with the right to write, add. */
export function addingTools(server: McpServer, parts: McpParts): void {
  proposeTool(server, parts)
  previewTool(server, parts)
  if (mayDo({ may: parts.may, isSignedIn: false }, 'write')) addTool(server, parts)
}

function proposeTool(server: McpServer, { desk }: McpParts): void {
  server.registerTool(
    'propose_question',
    {
      title: 'Propose a watch item for a question',
      description:
        'Subject, context, kind, official outlets and feeds for a question in plain words. Keeps nothing.',
      inputSchema: { question: z.string().min(1).max(itemLimits.question) },
      annotations: hints.looks,
    },
    async ({ question }) => {
      const proposing = await proposeItem(question, desk)
      if (proposing.kind === 'no-question')
        return refused('there is no question in this: write at least a few words')
      const { proposal } = proposing
      const list = (name: string, all: readonly Proposed[]) =>
        all.map(({ value, reason }) => `- ${name}: ${word(value)} (${word(reason)})`)
      return told(
        proposing.kind === 'no-subject'
          ? 'Nothing in the question names a subject: choose one yourself.'
          : null,
        [
          ...list('id', [proposal.id]),
          ...list('subject', proposal.subject),
          ...list('context', proposal.context),
          ...list('about', proposal.about),
          ...list('kind', [proposal.kind]),
          ...list('topic', [proposal.topic]),
          ...list('official', proposal.official),
          ...proposal.feeds.map(
            ({ what, reason, isPolled }) =>
              `- feed: ${word(what)} (${word(reason)}${isPolled ? '; polled already' : ''})`,
          ),
          ...proposal.alike.map(({ id, question: asked }) => `- alike: ${id}: ${asked}`),
        ].join('\n'),
        'preview_question tells what it would have told; add_question puts it under watch.',
      )
    },
  )
}

function previewTool(server: McpServer, { desk }: McpParts): void {
  server.registerTool(
    'preview_question',
    {
      title: 'What a question would have told',
      description:
        'Judges the stored entries for a new question (question and subject) or one under watch (id). Keeps nothing and tells nobody.',
      inputSchema: {
        id: name().optional().describe('A question under watch'),
        question: z.string().max(itemLimits.question).optional().describe('A new question'),
        ...described,
      },
      annotations: hints.looks,
    },
    async ({ id, question, ...rest }, { signal }) => {
      if ((id === undefined) === (question === undefined)) return refused('say id, or question and subject')
      let item: WatchItem
      let objections: PreviewOptions['objections']
      if (id !== undefined) {
        const [stored] = await listItems(desk.db.pool, [id])
        if (stored === undefined) return noSuchQuestion(id)
        item = stored.item
        objections = { muted: stored.muted, rejected: stored.standing.rejected ?? [] }
      } else {
        const written = await withSince({ ...rest, question: question ?? '' }, desk)
        const read = readWrittenItem(written, { kinds: desk.config().kinds, since: new Date(0) })
        if (read.kind === 'invalid') return mistakes(read.problems)
        item = read.item
      }
      const options = { signal, ...(objections && { objections }) }
      for await (const step of previewSteps(desk.db, item, desk.config(), options))
        if (step.kind === 'done') return previewText(step.preview)
      return refused('the preview was broken off')
    },
  )
}

function addTool(server: McpServer, { desk }: McpParts): void {
  server.registerTool(
    'add_question',
    {
      title: 'Put a question under watch',
      description:
        'Adds a watch item. The stored entries are judged for it without alerting; from then on news that moves it is told on the channels. Preview it first.',
      inputSchema: {
        question: z.string().min(1).max(itemLimits.question),
        ...described,
        subject: wordList().min(1).describe('Aliases of the subject: one must occur in an entry'),
        id: name().optional().describe('Its name; made from the question when left out'),
        status: z.enum(statuses).optional().describe('Where it stands when the watch begins'),
        expected: z.string().max(itemLimits.expected).optional().describe('The promised date in words'),
      },
      annotations: hints.adds,
    },
    async (written) => {
      const added = await addItem(written, { via: 'mcp' }, desk)
      switch (added.kind) {
        case 'invalid':
          return mistakes(added.problems)
        case 'id-taken':
          return refused(`there is a question ${added.id} already; ${added.free} is free`)
        case 'added': {
          const { item, standing } = added.stored
          return told(
            `watching ${item.id}: ${item.question}`,
            `it stands at ${standing.status}; question_status tells more`,
          )
        }
      }
    },
  )
}

function mistakes(problems: readonly FieldProblem[]): CallToolResult {
  return refused(problems.map(({ field, message, fix }) => `${field}: ${message} (${fix})`).join('\n'))
}

function previewText({
  entries,
  matches,
  keywordAlerts,
  changes,
  misses,
  standing,
}: Preview): CallToolResult {
  const told1 = changes.map(({ claim, decision }) => {
    const moved =
      decision.kind === 'status-changed' ? `${decision.from} → ${decision.to}` : `${decision.status}, date`
    const dated = decision.expected === null ? '' : `, expected ${word(windowText(decision.expected))}`
    return `- ${dayText(decision.at)}: ${moved}${dated}: ${untrusted(claim.quote, claim.outlet)}\n  why: ${word(decision.reason)}`
  })
  const near = misses
    .slice(0, 10)
    .map(
      ({ title, outlet, at, reason }) =>
        `- ${dayText(at)}: ${untrusted(title, outlet)}\n  not enough: ${word(reason)}`,
    )
  return told(
    `Over ${entries} stored entries, ${matches} of which match, this question would have told ${count(changes.length, 'change')}; a keyword alert would have sent ${count(keywordAlerts, 'message')}. It would stand at ${standing.status}.`,
    aboutQuotes,
    told1.length === 0 ? null : `What it would have told:\n${told1.join('\n')}`,
    near.length === 0 ? null : `What came near and was not enough:\n${near.join('\n')}`,
  )
}
