import { initialStanding } from '../status/standing.ts'
import { insertItem } from '../store/watch-items.ts'
import { UsageError } from './fault.ts'
import type { Io } from './io.ts'
import { withCommandSystem } from './open-system.ts'
import { refuseUnknownKind, typedItem } from './typed.ts'

export interface AddOptions {
  readonly id?: string
  readonly subject: readonly string[]
  readonly context?: readonly string[]
  readonly about?: readonly string[]
  readonly kind?: string
  readonly topic?: string
  readonly official?: readonly string[]
  readonly status?: string
  readonly expected?: string
  readonly since?: string
}

/** `openwatch add`: puts a question under watch. Throws UsageError for what cannot be taken. */
export async function add(io: Io, question: string, options: AddOptions): Promise<number> {
  const item = typedItem('add', question, options, io.now())
  return withCommandSystem(io, async (system) => {
    refuseUnknownKind(item, system.config().kinds)
    const added = await system.db.transaction((tx) =>
      insertItem(tx, item, { origin: 'user', standing: initialStanding(item), now: system.clock.now() }),
    )
    if (!added)
      throw new UsageError(`there is a watch item "${item.id}" already; give this one another id with --id`)
    await system.bringIn()
    const [stands] = (await system.report([item.id])).items
    io.out(`watching ${item.id}: ${item.question}\n`)
    io.out(`  stands at ${stands?.status ?? item.status}; openwatch status ${item.id} tells more\n`)
    return 0
  })
}
