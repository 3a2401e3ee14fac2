import { editItem, type ItemEdits } from '../pipeline/edit-item.ts'
import { momentText } from '../report/people-time.ts'
import { oneLine } from '../report/plain.ts'
import { editsOf, type FieldChange } from '../store/item-edits.ts'
import { listItemsBriefly } from '../store/watch-items.ts'
import { fieldsProblem, UsageError } from './fault.ts'
import type { Io } from './io.ts'
import { withCommandSystem } from './open-system.ts'
import { noSuchItem } from './status.ts'

export interface EditOptions extends Omit<ItemEdits, 'question'> {
  readonly question?: string
}

/** `openwatch items edit <id>`: changes what is given, and judges what is stored anew. Throws UsageError. */
export async function editWatchItem(io: Io, id: string, options: EditOptions): Promise<number> {
  if (Object.keys(options).length === 0)
    throw new UsageError(
      'say what to change, such as --subject "…"; openwatch items edit --help tells what there is',
    )
  return withCommandSystem(io, async (system) => {
    const edited = await editItem(id, options, { via: 'cli' }, system)
    switch (edited.kind) {
      case 'no-item':
        throw new UsageError(await noSuchItem(system.db.pool, id))
      case 'managed':
        throw new UsageError(`"${id}" is managed by the configuration: change it in ${edited.file}`)
      case 'removed':
        throw new UsageError(`"${id}" was removed; add the question again`)
      case 'invalid':
        throw fieldsProblem('items edit', edited.problems, 'question')
      case 'stale':
        throw new UsageError(`"${id}" was changed by somebody else; look at it and try again`)
      case 'unchanged':
        io.out(`${id} is so already; nothing was changed\n`)
        return 0
      case 'edited':
        io.out(`${id} is changed\n${edited.changes.map(changeLine).join('')}`)
        if (edited.judgedAnew)
          io.out(
            `  what is stored was judged anew, silently: it stands at ${edited.stored.standing.status}\n`,
          )
        return 0
    }
  })
}

/** `openwatch items history <id>`: what people did to it, the newest first. Throws UsageError. */
export async function itemHistory(io: Io, id: string): Promise<number> {
  return withCommandSystem(io, async ({ db: { pool } }) => {
    const [stored] = await listItemsBriefly(pool, [id])
    if (stored === undefined) throw new UsageError(await noSuchItem(pool, id))
    const edits = await editsOf(pool, id)
    if (edits.length === 0) {
      const by = stored.origin === 'config' ? 'by the configuration ' : ''
      io.out(`${id} was added ${by}on ${momentText(stored.createdAt)}; nobody has changed it since\n`)
      return 0
    }
    for (const { what, changes, via, at } of edits)
      io.out(`${momentText(at)}  ${what} (${via})\n${changes.map(changeLine).join('')}`)
    return 0
  })
}

function changeLine({ field, before, after }: FieldChange): string {
  return `  ${field}: ${valueText(before)} -> ${valueText(after)}\n`
}

function valueText(value: unknown): string {
  if (value instanceof Date) return value.toISOString()
  const text = Array.isArray(value) ? value.join(', ') : typeof value === 'string' ? value : ''
  return text === '' ? '-' : oneLine(text)
}
