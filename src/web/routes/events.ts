import { PassThrough } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import type { LiveBoard } from '../board-snapshot.ts'

/** So many may listen to one process; who comes later is asked to try again. */
const mostListeners = 200
/** A stream is ended after so long, so that rights are asked for again; browsers come back by themselves. Milliseconds. */
const longestMs = 15 * 60_000
/** So often something is sent, so that nobody on the way takes the stream for dead. Milliseconds. */
const heartbeatMs = 20_000
/** Who does not read is let go when so much waits for them, in bytes. */
const mostWaiting = 64 * 1024

/** `/events`: which version of the board is the newest, whenever that changes, as server-sent events. */
export function eventRoutes(live: LiveBoard) {
  return (app: FastifyInstance, _options: object, done: () => void): void => {
    const streams = new Set<PassThrough>()
    const tell = (text: string) => {
      for (const stream of streams) {
        stream.write(text)
        if (stream.writableLength + stream.readableLength > mostWaiting) stream.destroy()
      }
    }
    const heartbeat = setInterval(() => tell(':\n\n'), heartbeatMs)
    heartbeat.unref()
    const unlisten = live.listen(({ version }) => tell(eventOf(version)))

    app.get('/events', { config: { needs: 'report' } }, async (_request, reply) => {
      if (streams.size >= mostListeners)
        return reply.code(503).header('retry-after', '30').send({ status: 'too many listeners' })
      const { version } = await live.current()
      const stream = new PassThrough()
      streams.add(stream)
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
      for (const stream of streams) stream.end()
      closed()
    })
    done()
  }
}

function eventOf(version: string): string {
  return `event: board\ndata: ${version}\n\n`
}
