import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'

const health = z.object({ program: z.literal('openwatch'), installation: z.string() })

/** The port is taken by something that is not an openwatch of this database. */
export class PortTaken extends Error {
  override name = 'PortTaken'
}

/** The configured address is none that this process may listen on; the message says which setting to change. */
export class AddressUnusable extends Error {
  override name = 'AddressUnusable'
}

/**
 * Listens, and gives the address. Where another process of the same installation has the port already, its address is
 * given as text. Throws PortTaken when anything else has it, AddressUnusable when nobody could have it.
 */
export async function openPort(
  app: FastifyInstance,
  { host, port }: { readonly host: string; readonly port: number },
  installation: string,
): Promise<AddressInfo | string> {
  try {
    await app.listen({ host, port })
    return app.addresses()[0] ?? { address: host, port, family: 'IPv4' }
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
    const fault = addressFault(code, host, port)
    if (fault !== null) throw new AddressUnusable(fault, { cause })
    if (code !== 'EADDRINUSE') throw cause
    const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}/`
    if ((await installationAt(url)) === installation) return url
    throw new PortTaken(
      `port ${port} of ${host} is in use by another program, or by an openwatch with another database; ` +
        'set OPENWATCH_PORT (or server.port in openwatch.yaml) to a free one',
      { cause },
    )
  }
}

function addressFault(code: string, host: string, port: number): string | null {
  const setHost = 'set server.host in openwatch.yaml (or OPENWATCH_HOST) to'
  switch (code) {
    case 'EADDRNOTAVAIL':
      return `${host} is no address of this machine; ${setHost} one of its own, 127.0.0.1 or 0.0.0.0`
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `the host ${host} cannot be looked up; ${setHost} an address of this machine, such as 127.0.0.1`
    case 'EACCES':
      return (
        `port ${port} of ${host} may not be opened by this user (ports below 1024 are often for root only); ` +
        'set server.port in openwatch.yaml (or OPENWATCH_PORT) to a higher one, such as 8484'
      )
    default:
      return null
  }
}

async function installationAt(url: string): Promise<string | null> {
  try {
    const answer = await fetch(`${url}healthz`, { signal: AbortSignal.timeout(2000) })
    return health.parse(await answer.json()).installation
  } catch {
    return null
  }
}
