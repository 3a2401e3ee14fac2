import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { addingTools } from './adding-tools.ts'
import { entryTools } from './entry-tools.ts'
import { feedTools } from './feed-tools.ts'
import type { McpParts } from './parts.ts'
import { prompts } from './prompts.ts'
import { questionTools } from './question-tools.ts'
import { reportResources } from './resources.ts'
import { aboutQuotes } from './untrusted.ts'

const instructions = `openwatch keeps watch over open questions in the news and says when the answer moved.
Statuses: open, rumoured, announced, delayed, happened, cancelled. list_questions tells what is watched; question_status
gives the evidence. ${aboutQuotes}`

/** An MCP server over a live system, for one client; connect it to a transport. */
export function createMcpServer(parts: McpParts): McpServer {
  const server = new McpServer(
    { name: 'openwatch', title: 'openwatch', version: parts.version },
    { instructions },
  )
  for (const add of [questionTools, addingTools, entryTools, feedTools, reportResources, prompts])
    add(server, parts)
  return server
}
