import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { version } from '../../version.ts'
import { sendProblem } from '../api/problem.ts'
import { refuseUnstorable } from '../api/text-guard.ts'
import type { Desk } from '../desk.ts'
import { viewerOf } from '../viewer.ts'

/** Where assistants reach the MCP server. */
export const mcpPath = '/mcp'

/** MCP over HTTP (streamable, without sessions): each request stands alone, and is answered with JSON. */
export function mcpRoutes(desk: Desk) {
  return (app: FastifyInstance, _options: object, done: () => void): void => {
    app.removeContentTypeParser('text/plain')
    app.addHook('preValidation', refuseUnstorable)
    // what a client may change follows from its own right, see createMcpServer
    app.post(mcpPath, { config: { needs: 'read' } }, (request, reply) => answer(desk, request, reply))
    app.route({
      method: ['GET', 'DELETE'],
      url: mcpPath,
      config: { needs: 'read' },
      handler: (_request, reply) =>
        sendProblem(
          reply.header('allow', 'POST'),
          'method-not-allowed',
          'this MCP server has no sessions: POST only',
        ),
    })
    done()
  }
}

/** Loaded when it is asked for the first time: most never do. */
async function answer(desk: Desk, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { createMcpServer } = await import('../../mcp/server.ts')
  const { WebStandardStreamableHTTPServerTransport } =
    await import('@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js')
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true })
  const server = createMcpServer({ desk, may: viewerOf(request).may, version: version() })
  try {
    // its types want of optional members what this project's settings want of them, and say it otherwise
    await server.connect(transport)
    const answered = await transport.handleRequest(asRequest(request), { parsedBody: request.body })
    const type = answered.headers.get('content-type')
    void reply.code(answered.status)
    if (type !== null) void reply.type(type)
    return await reply.serializer(String).send(await answered.text())
  } finally {
    await server.close()
  }
}

function asRequest({ headers }: FastifyRequest): Request {
  const sent = new Headers()
  for (const [name, value] of Object.entries(headers)) if (typeof value === 'string') sent.set(name, value)
  return new Request(`http://localhost${mcpPath}`, { method: 'POST', headers: sent })
}
