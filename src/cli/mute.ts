import { z } from 'zod'
import { domain } from '../config/schema/values.ts'
import { actOnItem } from '../pipeline/act-on-item.ts'
import { UsageError } from './fault.ts'
import type { Io } from './io.ts'
import { withCommandSystem } from './open-system.ts'
import { noSuchItem } from './status.ts'
import { typed } from './typed.ts'

const schema = z.strictObject({ outlet: domain() })

/**
 * `openwatch mute <item> <outlet>`: from now on what it says is kept and decides nothing for the question; `off` ends that.
 * Throws UsageError for an unknown item and what is no domain.
 */
export async function mute(io: Io, item: string, written: string, off: boolean): Promise<number> {
  const { outlet } = typed(schema, { command: 'mute', argument: 'outlet', data: { outlet: written } })
  return withCommandSystem(io, async (system) => {
    const acted = await actOnItem(item, { action: off ? 'unmute' : 'mute', outlet }, 'cli', system)
    if (acted.kind !== 'muted' && acted.kind !== 'unmuted')
      throw new UsageError(await noSuchItem(system.db.pool, item))
    const { changed } = acted
    const already = changed ? '' : ' already'
    io.out(
      off
        ? `${outlet} counts for ${item}${changed ? ' again, from now on' : already}\n`
        : `${outlet} is muted for ${item}${already}; what it says is kept and decides nothing\n`,
    )
    return 0
  })
}
