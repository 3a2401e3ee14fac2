import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { z } from 'zod'
import type { McpParts } from './parts.ts'

const weekMs = 7 * 86_400_000

/** Prompts for what people ask most. */
export function prompts(server: McpServer, { desk }: McpParts): void {
  server.registerPrompt(
    'what_moved_this_week',
    {
      title: 'What moved this week',
      description: 'A short account of what changed in the last seven days, with sources',
      argsSchema: { topic: z.string().max(64).optional().describe('One topic; all when left out') },
    },
    ({ topic }) => {
      const since = new Date(desk.clock.now().getTime() - weekMs).toISOString().slice(0, 10)
      const asked = JSON.stringify({ since, ...(topic !== undefined && { topic }) })
      return user(
        `Call list_changes_since with ${asked} and feed_health. Tell me in a few sentences what moved this week, the most ` +
          'important first: the question, from what to what, the quoted sentence with its outlet and link. Say which dates ' +
          'slipped. Where nothing moved, say so, and whether enough feeds were healthy for that to mean something.',
      )
    },
  )
  server.registerPrompt(
    'watch_a_question',
    {
      title: 'Watch a question',
      description: 'From a question in plain words to a watch item',
      argsSchema: { question: z.string().min(1).max(2000) },
    },
    ({ question }) =>
      user(
        `I want to watch this question: ${JSON.stringify(question)}. Call propose_question, then preview_question with what ` +
          'you would choose; show me what it would have told and what came near. Add it with add_question once I agree.',
      ),
  )
}

function user(text: string) {
  return { messages: [{ role: 'user' as const, content: { type: 'text' as const, text } }] }
}
