import { z } from 'zod'
import { domain } from '../config/schema/values.ts'
import { listItems, muteOutlet } from '../store/watch-items.ts'
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
  return withCommandSystem(io, async ({ db }) => {
    const [stored] = await listItems(db.pool, [item])
    if (stored === undefined) throw new UsageError(await noSuchItem(db.pool, item))
    const changed = await muteOutlet(db.pool, item, outlet, !off)
    const already = changed ? '' : ' already'
    io.out(
      off
        ? `${outlet} counts for ${item}${changed ? ' again, from now on' : already}\n`
        : `${outlet} is muted for ${item}${already}; what it says is kept and decides nothing\n`,
    )
    return 0
  })
}
