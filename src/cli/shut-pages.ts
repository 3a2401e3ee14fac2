import type { System } from '../compose.ts'
import { whereConfigured } from '../pipeline/set-password.ts'
import { storedPassword } from '../store/settings.ts'
import { isLoopback, isReachable } from '../web/access/local.ts'

/** Says that the pages stay shut, why, and what to do; null where a password is set, or nobody else can come by. */
export async function whyShut({ db, config }: Pick<System, 'db' | 'config'>): Promise<string | null> {
  const { server } = config()
  if (!isReachable(server) || whereConfigured(server) !== null) return null
  if ((await storedPassword(db.pool)) !== null) return null
  const how = isLoopback(server.host)
    ? server.publicUrl === undefined
      ? 'it is behind a proxy (server.trustProxy)'
      : `it is reached at ${server.publicUrl}`
    : `it listens on ${server.host}`
  return `Its pages stay shut: no password is set, and other machines can reach it (${how}).
Feeds are watched all the same. Set a password with: openwatch passwd
(with Docker: docker compose exec openwatch openwatch passwd)`
}
