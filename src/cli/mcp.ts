import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import { createMcpServer } from '../mcp/server.ts'
import { isFresh } from '../store/feeds.ts'
import type { Io } from './io.ts'
import { bringIn, withSystem } from './open-system.ts'
import type { StopSignal } from './start.ts'
import { version } from '../version.ts'

export interface McpOptions {
  readonly readOnly?: boolean
}

/** `openwatch mcp`: serves an MCP client over standard input and output, until that ends or it is told to stop. */
export async function serveMcp(io: Io, stop: StopSignal, options: McpOptions): Promise<number> {
  // standard output is for the protocol alone
  const quiet: Io = { ...io, out: io.err }
  return withSystem(quiet, { application: 'mcp', logLevel: 'warn' }, async (desk) => {
    if (await isFresh(desk.db.pool)) await bringIn(quiet, desk)
    const may = options.readOnly === true ? 'read' : 'write'
    const server = createMcpServer({ desk, may, version: version() })
    const gone = new Promise<void>((resolve) => {
      process.stdin.once('end', resolve)
      process.stdin.once('close', resolve)
    })
    await server.connect(new StdioServerTransport())
    await Promise.race([gone, stop.stopped])
    await server.close()
    return 0
  })
}
