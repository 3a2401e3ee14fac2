import type { Desk } from '../web/desk.ts'
import type { Right } from '../web/viewer.ts'

/** What the MCP server works with. */
export interface McpParts {
  readonly desk: Desk
  /** What the client may do: without `write` there are no tools that change anything. */
  readonly may: Right
  readonly version: string
}
