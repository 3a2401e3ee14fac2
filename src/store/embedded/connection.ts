import { clusterUser, type Cluster } from './cluster.ts'
import type { RunningServer } from './server.ts'

/** The database everything lives in. */
export const databaseName = 'openwatch'

/** How to reach a database: pg takes it as its configuration. */
export interface Connection {
  /** A host's address, or the directory of a unix socket. */
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  readonly database: string
}

/** The connection to a database of a running server. */
export function connectionTo(cluster: Cluster, server: RunningServer, database: string): Connection {
  return { host: server.host, port: server.port, user: clusterUser, password: cluster.password, database }
}

/** The same as a URL, for pg and for Prisma's adapter; a unix socket's directory goes into `?host=`. It holds the password. */
export function connectionUrl({ host, port, user, password, database }: Connection): string {
  const who = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`
  const name = encodeURIComponent(database)
  if (!host.startsWith('/')) return `postgresql://${who}@${host}:${port}/${name}`
  return `postgresql://${who}@localhost:${port}/${name}?host=${encodeURIComponent(host)}`
}
