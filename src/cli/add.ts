import { addItem } from '../pipeline/add-item.ts'
import type { WrittenItem } from '../pipeline/written-item.ts'
import { addByAsking } from './add-by-asking.ts'
import { fieldsProblem, UsageError } from './fault.ts'
import type { Io } from './io.ts'
import { withCommandSystem } from './open-system.ts'
import { terminalAsker } from './terminal-asker.ts'

export interface AddOptions {
  readonly id?: string
  readonly subject?: readonly string[]
  readonly context?: readonly string[]
  readonly about?: readonly string[]
  readonly kind?: string
  readonly topic?: string
  readonly official?: readonly string[]
  readonly status?: string
  readonly expected?: string
  readonly since?: string
}

/**
 * `openwatch add`: puts a question under watch; on a terminal and without a subject by asking. Throws UsageError for what
 * cannot be taken.
 */
export async function add(io: Io, question: string | undefined, options: AddOptions): Promise<number> {
  if (options.subject === undefined) return ask(io, question)
  if (question === undefined)
    throw new UsageError('a question is needed: openwatch add "Will …?" --subject "…"')
  const written: WrittenItem = { question, ...options }
  return withCommandSystem(io, async (system) => {
    const added = await addItem(written, { via: 'cli' }, system)
    switch (added.kind) {
      case 'invalid':
        throw fieldsProblem('add', added.problems, 'question')
      case 'id-taken':
        throw new UsageError(
          `there is a watch item "${added.id}" already; give this one another id: --id ${added.free}`,
        )
      case 'added': {
        const { item, standing } = added.stored
        io.out(`watching ${item.id}: ${item.question}\n`)
        io.out(`  stands at ${standing.status}; openwatch status ${item.id} tells more\n`)
        return 0
      }
    }
  })
}

async function ask(io: Io, question: string | undefined): Promise<number> {
  const asker = terminalAsker(io)
  if (asker === null)
    throw new UsageError(
      'a question needs a subject: add --subject <words...>; on a terminal openwatch add proposes it and asks\n' +
        'Try "openwatch add --help".',
    )
  try {
    return await withCommandSystem(io, (system) => addByAsking(io, asker, { question, system }))
  } finally {
    asker.close()
  }
}
