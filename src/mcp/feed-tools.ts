import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { count, momentText } from '../report/people-time.ts'
import { hints, told } from './answer.ts'
import type { McpParts } from './parts.ts'
import { aboutQuotes, untrusted, word } from './untrusted.ts'

/** The tool that tells how far silence can be trusted. */
export function feedTools(server: McpServer, { desk }: McpParts): void {
  server.registerTool(
    'feed_health',
    {
      title: 'How the feeds are',
      description:
        'How many feeds can be read, and which cannot and why: silence of a blind feed means nothing.',
      inputSchema: {},
      annotations: hints.looks,
    },
    async () => {
      const { feeds } = await desk.report()
      const { healthy, total, failing, waiting, paused, failures } = feeds
      const lines = failures.slice(0, 50).map(({ url, title, reason, since, nextTry, state }) => {
        const named = title === null ? '' : ` ${untrusted(title, 'the feed', 120)}`
        const times = [
          ...(since === null ? [] : [`since ${momentText(since)}`]),
          ...(nextTry === null ? [] : [`next try ${momentText(nextTry)}`]),
        ]
        return `- ${word(url)}${named}: ${state}: ${word(reason)}${times.length === 0 ? '' : ` (${times.join(', ')})`}`
      })
      return told(
        `${healthy} of ${count(total, 'feed')} healthy; ${failing} failing, ${waiting} not polled yet, ${paused} paused`,
        lines.length === 0 ? null : aboutQuotes,
        lines.join('\n'),
      )
    },
  )
}
