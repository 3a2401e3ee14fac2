import type { FastifyInstance } from 'fastify'
import { createLiveBoard, type LiveBoardOptions } from './board-snapshot.ts'
import { boardRoutes } from './routes/board.ts'
import { eventRoutes, type EventOptions } from './routes/events.ts'

/** Serves the board and tells of its changes: one board for all that look, for as long as the server runs. */
export function serveBoard(app: FastifyInstance, options: LiveBoardOptions & EventOptions): void {
  const live = createLiveBoard(options)
  app.addHook('onResponse', (request, _reply, done) => {
    // who has changed something is to see it on the board
    if (request.method !== 'GET' && request.method !== 'HEAD') live.expire()
    done()
  })
  app.addHook('onClose', () => live.close())
  app.register(boardRoutes(live))
  app.register(eventRoutes(live, options))
}
