import { chmod, mkdir, realpath } from 'node:fs/promises'
import { mayEnter, type ServerAccount } from './account.ts'

/** Where root keeps what its server's account must reach when the checkout or the data directory is closed to it. */
export const systemDirectories: readonly string[] = ['/var/lib/openwatch', '/var/lib/openwatch-postgres']

/**
 * A directory the account may enter: the first of the candidates that is one or can be made one. A directory that exists
 * keeps its mode. Throws when there is none.
 */
export async function shelterFor(account: ServerAccount, candidates: readonly string[]): Promise<string> {
  const faults: unknown[] = []
  for (const candidate of candidates) {
    try {
      const created = await mkdir(candidate, { recursive: true, mode: 0o711 })
      if (created !== undefined) await chmod(candidate, 0o711)
      const path = await realpath(candidate)
      if (await mayEnter(account, path)) return path
      faults.push(new Error(`${path} is closed to user ${account?.uid ?? 'unknown'}`))
    } catch (error) {
      faults.push(error)
    }
  }
  throw new Error(
    `The database server must not run as root, and the account it runs as (user ${account?.uid ?? 'unknown'}) can reach ` +
      `none of ${candidates.join(', ')}. Name a data directory that every user may pass through by OPENWATCH_DATA, ` +
      'or a Postgres server by DATABASE_URL.',
    { cause: new AggregateError(faults) },
  )
}
