import {
  rejectChange,
  takeBackRejection,
  type ChangeName,
  type RejectOptions,
  type Settled,
  type Unrejectable,
} from '../pipeline/reject.ts'
import { windowText } from '../report/date-window.ts'
import { dayText } from '../report/people-time.ts'
import { clip, oneLine } from '../report/plain.ts'
import { isSettled } from '../report/status-words.ts'
import { wrapText } from '../report/wrap-text.ts'
import { rejectionReasons, rejectionWords, type RejectionReason } from '../status/rejected.ts'
import type { System } from '../compose.ts'
import { UsageError } from './fault.ts'
import type { Io } from './io.ts'
import { withCommandSystem } from './open-system.ts'
import { noSuchItem } from './status.ts'

export interface WrongOptions {
  readonly reason?: RejectionReason
  readonly note?: string
  readonly undo?: boolean
}

/**
 * `openwatch wrong <item> [change]`: takes what decided a change out of the evidence, or lets it count again. Throws
 * UsageError where there is nothing of the kind.
 */
export async function wrong(
  io: Io,
  itemId: string,
  sequence: number | null,
  options: WrongOptions,
): Promise<number> {
  const { reason, note } = options
  const name: ChangeName = { itemId, sequence }
  if (options.undo === true) return withCommandSystem(io, (system) => undo(io, system, name))
  if (reason === undefined)
    throw new UsageError(`say why with --reason ${rejectionReasons.join('|')} (or --undo to take it back)`)
  return withCommandSystem(io, async (system) => {
    const objection = { ...name, reason, note: tidy(note), via: 'cli' as const }
    const done = await system.db.transaction((tx) => rejectChange(tx, objection, optionsOf(system)))
    if (done.kind === 'already') {
      const { reason: why, at } = done.rejection
      io.out(`rejected already on ${dayText(at)}: ${rejectionWords[why]}; --undo takes it back\n`)
      return 0
    }
    if (done.kind !== 'rejected') throw await mistake(system, name, done)
    print(io, `rejected: ${rejectionWords[reason]}`, done)
    return 0
  })
}

async function undo(io: Io, system: System, name: ChangeName): Promise<number> {
  const done = await system.db.transaction((tx) => takeBackRejection(tx, name, optionsOf(system)))
  if (done.kind === 'not-rejected')
    throw new UsageError('that was not rejected, so that nothing is to be undone')
  if (done.kind !== 'taken-back') throw await mistake(system, name, done)
  print(io, 'counts again', done)
  return 0
}

function optionsOf(system: System): RejectOptions {
  return { config: system.config(), now: system.clock.now(), reportUrl: system.reportUrl }
}

function tidy(note: string | undefined): string | null {
  const line = clip(note ?? '', 500)
  return line === '' ? null : line
}

async function mistake(
  { db }: System,
  { itemId, sequence }: ChangeName,
  why: Unrejectable,
): Promise<UsageError> {
  switch (why.kind) {
    case 'no-item':
      return new UsageError(await noSuchItem(db.pool, itemId))
    case 'no-change':
      return new UsageError(
        why.last === 0
          ? `${itemId} stands where its watch began: no change to reject`
          : `${itemId} has no change ${sequence ?? ''}; the newest is ${why.last} (openwatch status ${itemId})`,
      )
    case 'no-evidence':
      return new UsageError(
        `change ${why.change.sequence} of ${itemId} rests on nobody's word${why.change.kind === 'correction' ? ', it is a correction' : ''}`,
      )
  }
}

function print(io: Io, what: string, { change, deciding, standing, correction }: Settled): void {
  const { itemId, sequence, from, to } = change
  const moved = from === to ? `${to}, date` : `${from} → ${to}`
  const dated =
    standing.expected === null || isSettled(standing.status)
      ? ''
      : `, expected ${windowText(standing.expected)}`
  const channels = correction?.channels ?? []
  const lines = [
    `change ${sequence} of ${itemId} (${moved}) ${what}`,
    ...wrapText(`“${clip(deciding.quote, 240)}” ${oneLine(deciding.outlet)}`, Math.min(io.width(), 100), 2),
    correction === null
      ? `${itemId} stands as before: ${standing.status}${dated}`
      : `${itemId} stands at ${standing.status} now${dated}`,
  ]
  if (correction !== null)
    lines.push(channels.length === 0 ? 'nobody had been told' : `told on ${channels.join(', ')}`)
  io.out(`${lines.join('\n')}\n`)
}
