import type { AddressInfo } from 'node:net'
import type { Config } from '../config/config.ts'
import { buildHealthServer, type HealthParts } from '../web/metrics.ts'
import { openPort } from '../web/listen.ts'
import { CommandFailed, UsageError } from './fault.ts'
import type { Io } from './io.ts'

/** The port for metrics and health, closed at the end. */
export interface MetricsPort {
  readonly address: string
  close(): Promise<void>
}

/**
 * Opens the port of OPENWATCH_METRICS_PORT, else of server.metricsPort; gives null where neither is set. Throws
 * UsageError for what is no port, CommandFailed for one that is taken.
 */
export async function openMetricsPort(
  { env }: Pick<Io, 'env'>,
  { server }: Pick<Config, 'server'>,
  parts: HealthParts,
): Promise<MetricsPort | null> {
  const port = wantedPort(env['OPENWATCH_METRICS_PORT']) ?? server.metricsPort
  if (port === undefined) return null
  const app = buildHealthServer(parts)
  const opened = await openPort(app, { host: server.host, port }, parts.installation)
  if (typeof opened === 'string') {
    await app.close()
    throw new CommandFailed(
      `port ${port} of ${server.host} is used by another openwatch; set OPENWATCH_METRICS_PORT to a port of its own for each process, or to 0`,
    )
  }
  return { address: addressOf(opened), close: () => app.close() }
}

function wantedPort(text: string | undefined): number | null {
  if (text === undefined || text === '') return null
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text)
  throw new UsageError(`OPENWATCH_METRICS_PORT=${text} is no port: set it to a number from 0 to 65535`)
}

function addressOf({ address, family, port }: AddressInfo): string {
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}/metrics`
}
