import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** What came at a receiver of alerts. */
export interface Arrived {
  readonly hook: string
  /** The idempotency key. */
  readonly key: string
  readonly alertIds: readonly string[]
}

/** Receivers of alerts, by name. */
export interface Hooks {
  readonly urlOf: (hook: string) => string
  readonly arrived: Arrived[]
  /** From now on what comes is taken, but the answer does not come; until `mend`. */
  breakOff(): void
  mend(): void
  close(): Promise<void>
}

interface Payload {
  readonly data: { readonly id?: string; readonly alerts?: readonly { readonly id: string }[] }
}

/** Starts a server that is all the hooks. */
export async function startHooks(delayMs: () => number): Promise<Hooks> {
  const arrived: Arrived[] = []
  let broken = false
  const server = createServer((request, response) => {
    text(request).then(
      (body) => {
        const { data } = JSON.parse(body) as Payload
        const alertIds = data.alerts?.map(({ id }) => id) ?? (data.id === undefined ? [] : [data.id])
        arrived.push({
          hook: (request.url ?? '').slice(1),
          key: String(request.headers['webhook-id']),
          alertIds,
        })
        if (broken) request.socket.destroy()
        else setTimeout(() => response.writeHead(204).end(), delayMs())
      },
      // cut off while it was sending: nothing was received
      () => undefined,
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    urlOf: (hook) => `http://127.0.0.1:${port}/${hook}`,
    arrived,
    breakOff: () => void (broken = true),
    mend: () => void (broken = false),
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
