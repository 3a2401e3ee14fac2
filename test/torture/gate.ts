import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type NetConnectOpts, type Socket } from 'node:net'

/** Stands between clients and a server, and can cut or silence what goes through. */
export interface Gate {
  readonly port: number
  /** Cuts all connections; new ones are refused until `open`. */
  shut(): void
  /** Lets nothing through any more, either way, while connections seem to stand; until `open`, which cuts those. */
  hush(): void
  open(): void
  close(): Promise<void>
}

/** Opens a gate to the server; where that is, is asked for each connection. */
export async function openGate(target: () => Promise<NetConnectOpts | null>): Promise<Gate> {
  const sockets = new Set<Socket>()
  let state: 'open' | 'shut' | 'hushed' = 'open'
  const keep = (socket: Socket): void => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
  }
  const server = createServer({ allowHalfOpen: false }, (client) => {
    keep(client)
    if (state === 'shut') client.destroy()
    else void join(client)
  })

  async function join(client: Socket): Promise<void> {
    const to = await target().catch(() => null)
    if (to === null || client.destroyed) {
      client.destroy()
      return
    }
    const upstream = connect(to)
    keep(upstream)
    client.on('close', () => upstream.destroy())
    upstream.on('close', () => client.destroy())
    if (state === 'hushed') return
    client.pipe(upstream)
    upstream.pipe(client)
  }

  function cut(): void {
    for (const socket of sockets) socket.destroy()
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    shut() {
      state = 'shut'
      cut()
    },
    hush() {
      state = 'hushed'
      for (const socket of sockets) socket.unpipe()
    },
    open() {
      if (state === 'hushed') cut()
      state = 'open'
    },
    async close() {
      cut()
      server.close()
      await once(server, 'close')
    },
  }
}
