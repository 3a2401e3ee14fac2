import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'

const health = z.object({ program: z.literal('openwatch'), installation: z.string() })

/** The port is taken by something that is not an openwatch of this database. */
export class PortTaken extends Error {
  override name = 'PortTaken'
}

/**
 * Listens, and gives the address. Where another process of the same installation has the port already, its address is
 * given as text. Throws PortTaken when anything else has it.
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
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE')) throw cause
    const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}/`
    if ((await installationAt(url)) === installation) return url
    throw new PortTaken(
      `port ${port} of ${host} is in use by another program, or by an openwatch with another database; ` +
        'set OPENWATCH_PORT (or server.port in openwatch.yaml) to a free one',
      { cause },
    )
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
