import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { openPort } from './listen.ts'

export interface PageOptions {
  /** Builds the server; called anew for each try to listen. */
  readonly build: () => FastifyInstance
  readonly server: { readonly host: string; readonly port: number }
  /** The id of the installation, by which its other processes are known. */
  readonly installation: string
  /** Is told when this process takes over a page that another one served. */
  readonly takenOver: (address: string) => void
  /** How often to look whether the page is free, in milliseconds. */
  readonly everyMs: number
}

/** The page of an installation: served by this process, or by another one until that ends. */
export interface Page {
  /** What to type into a browser on this machine. */
  address(): string
  isOwn(): boolean
  close(): Promise<void>
}

/** Opens the page, or stands by to take it over from the process that has it. Throws PortTaken when a stranger has the port. */
export async function openPage(options: PageOptions): Promise<Page> {
  const { build, server, installation, takenOver, everyMs } = options
  let app = build()
  let port = await openPort(app, server, installation)
  let trying: Promise<void> = Promise.resolve()
  const standingBy = setInterval(() => {
    trying = tryAgain()
  }, everyMs)
  standingBy.unref()
  if (typeof port !== 'string') clearInterval(standingBy)

  async function tryAgain(): Promise<void> {
    const next = build()
    // whatever keeps it now is tried again
    const opened = await openPort(next, server, installation).catch(() => null)
    if (opened === null || typeof opened === 'string') {
      await next.close()
      return
    }
    clearInterval(standingBy)
    await app.close()
    app = next
    port = opened
    takenOver(addressOf(opened))
  }

  return {
    address: () => (typeof port === 'string' ? port : addressOf(port)),
    isOwn: () => typeof port !== 'string',
    async close() {
      clearInterval(standingBy)
      await trying
      await app.close()
    },
  }
}

/** One that listens everywhere is reached by the machine's own name. */
function addressOf({ address, family, port }: AddressInfo): string {
  const isAnywhere = address === '0.0.0.0' || address === '::'
  const host = isAnywhere ? 'localhost' : family === 'IPv6' ? `[${address}]` : address
  return `http://${host}:${port}/`
}
