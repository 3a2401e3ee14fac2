import { actOnItem } from '../pipeline/act-on-item.ts'
import { UsageError } from './fault.ts'
import type { Io } from './io.ts'
import { withCommandSystem } from './open-system.ts'
import { noSuchItem } from './status.ts'

/** `openwatch acknowledge <item>`: notes that where it stands was seen. Throws UsageError for an unknown item. */
export async function acknowledge(io: Io, item: string): Promise<number> {
  return withCommandSystem(io, async (system) => {
    const acted = await actOnItem(item, { action: 'acknowledge' }, 'cli', system)
    if (acted.kind !== 'acknowledged') throw new UsageError(await noSuchItem(system.db.pool, item))
    io.out(`${item} is acknowledged as it stands now\n`)
    return 0
  })
}
