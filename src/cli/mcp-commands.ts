import type { Command } from 'commander'
import { example, type Does } from './example.ts'
import type { Io } from './io.ts'
import type { McpOptions } from './mcp.ts'
import type { StopSignal } from './start.ts'

/** Adds the server for assistants. */
export function mcpCommands(program: Command, io: Io, stop: StopSignal, does: Does): void {
  example(
    program
      .command('mcp')
      .description('let an assistant ask: an MCP server on standard input and output')
      .option('--read-only', 'no tools that change anything'),
    'openwatch mcp --read-only',
  ).action(does(async (options: McpOptions) => (await import('./mcp.ts')).serveMcp(io, stop, options)))
}
