import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js'

/** What a tool says. */
export function told(...parts: readonly (string | null)[]): CallToolResult {
  const text = parts.filter((part) => part !== null && part !== '').join('\n\n')
  return { content: [{ type: 'text', text }] }
}

/** Why a tool could not do it, and what to do. */
export function refused(text: string): CallToolResult {
  return { ...told(text), isError: true }
}

/** Hints for clients. `looks`: changes nothing here; `reaches`: asks other machines. */
export const hints = {
  looks: { readOnlyHint: true, openWorldHint: false },
  adds: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false },
} as const
