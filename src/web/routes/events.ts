import { PassThrough } from 'node:stream'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { LiveBoard } from '../board-snapshot.ts'

/** So many may listen to one process; who comes later is asked to try again. */
const mostListeners = 200
/** A stream is ended after so long, so that rights are asked for again; browsers come back by themselves. Milliseconds. */
const longestMs = 15 * 60_000
/** So often something is sent, so that nobody on the way takes the stream for dead, and rights are asked for. Milliseconds. */
const beatMs = 20_000
/** Who does not read is let go when so much waits for them, in bytes. */
const mostWaiting = 64 * 1024

export interface EventOptions {
  /** Whether who listens may still do so: a stream ends with the session that it was opened in. */
  readonly mayStill: (request: FastifyRequest) => Promise<boolean>
  /** Between two looks at that, in milliseconds; 20 seconds when left out. */
  readonly heartbeatMs?: number
  /** Is told when that could not be found out; the stream goes on. */
  readonly onFault?: (error: unknown) => void
}

/** `/events`: which version of the board is the newest, whenever that changes, as server-sent events. */
export function eventRoutes(live: LiveBoard, { mayStill, heartbeatMs = beatMs, onFault }: EventOptions) {
  return (app: FastifyInstance, _options: object, done: () => void): void => {
    const streams = new Map<PassThrough, FastifyRequest>()
    const tell = (text: string) => {
      for (const stream of streams.keys()) {
        stream.write(text)
        if (stream.writableLength + stream.readableLength > mostWaiting) stream.destroy()
      }
    }
    const heartbeat = setInterval(() => {
      for (const [stream, request] of streams)
        mayStill(request).then(
          (may) => (may ? undefined : stream.end()),
          (error: unknown) => onFault?.(error),
        )
      tell(':\n\n')
    }, heartbeatMs)
    heartbeat.unref()
    const unlisten = live.listen(({ version }) => tell(eventOf(version)))

    app.get('/events', { config: { needs: 'report' } }, async (request, reply) => {
      if (streams.size >= mostListeners)
        return reply.code(503).header('retry-after', '30').send({ status: 'too many listeners' })
      const { version } = await live.current()
      const stream = new PassThrough()
      streams.set(stream, request)
      const end = setTimeout(() => stream.end(), longestMs)
      end.unref()
      stream.once('close', () => {
        clearTimeout(end)
        streams.delete(stream)
      })
      stream.write(`retry: 3000\n${eventOf(version)}`)
      return reply.type('text/event-stream; charset=utf-8').header('x-accel-buffering', 'no').send(stream)
    })
    app.addHook('preClose', (closed) => {
      clearInterval(heartbeat)
      unlisten()
      for (const stream of streams.keys()) stream.end()
      closed()
    })
    done()
  }
}

function eventOf(version: string): string {
  return `event: board\ndata: ${version}\n\n`
}
