import stringWidth from 'string-width'
import { momentText } from '../report/people-time.ts'
import { changeItemState, type ItemChange } from '../pipeline/change-item-state.ts'
import { oneLine } from '../report/plain.ts'
import { wrapText } from '../report/wrap-text.ts'
import { listItems, type ItemState, type StoredItem } from '../store/watch-items.ts'
import { UsageError } from './fault.ts'
import type { Io } from './io.ts'
import { withCommandSystem, withReadingSystem } from './open-system.ts'
import { noSuchItem } from './status.ts'
import { renderTable } from './table.ts'
import { isMeant } from './terminal-asker.ts'

/** `openwatch items list`: every watch item, retired ones last. */
export async function listWatchItems(io: Io): Promise<number> {
  return withReadingSystem(io, async (system) => {
    const items = await listItems(system.db.pool)
    const shown = [
      ...items.filter((i) => i.state !== 'retired'),
      ...items.filter((i) => i.state === 'retired'),
    ]
    if (shown.length === 0) io.out('nothing is under watch yet; openwatch add "Will …?" --subject "…"\n')
    else io.out(`${itemsTable(shown, io.width())}\n`)
    return 0
  })
}

const columns = [
  { title: 'id', flexible: true },
  { title: 'status' },
  { title: 'state' },
  { title: 'from' },
  { title: 'question' },
]

/** One line an item where the questions fit in whole, else each question below its item. */
function itemsTable(items: readonly StoredItem[], width: number): string {
  const rows = items.map(({ item, standing, state, origin }) => [item.id, standing.status, state, origin])
  const questions = items.map(({ item }) => oneLine(item.question))
  const wide = renderTable(
    columns,
    rows.map((row, at) => [...row, questions[at] ?? '']),
    Infinity,
  )
  if (wide.split('\n').every((line) => stringWidth(line) <= width)) return wide
  const [head = '', ...lines] = renderTable(columns.slice(0, -1), rows, width).split('\n')
  const below = lines.flatMap((line, at) => [line, ...wrapText(questions[at] ?? '', width, 2)])
  return [head, ...below].join('\n')
}

/** `openwatch items show <id>`: an item's definition as it could stand in a file of the configuration. */
export async function showWatchItem(io: Io, id: string): Promise<number> {
  return withReadingSystem(io, async (system) => {
    const { item, origin, state, createdAt, ...wishes } = await found(system.db.pool, id)
    const rows: [string, string][] = [
      ['question', item.question],
      ['subject', item.subject.join(', ')],
      ['context', item.context.join(', ')],
      ['about', item.about.join(', ')],
      ['kind', item.kind],
      ['topic', item.topic],
      ['official', item.official.join(', ')],
      ['status at first', item.status],
      ['expected at first', item.expected ?? ''],
      ['since', item.since.toISOString().slice(0, 10)],
      ['managed by', origin === 'config' ? 'the configuration' : 'people (CLI, page, API)'],
      ['state', state],
      ['snoozed', snoozeText(wishes, system.clock.now())],
      ['muted', wishes.muted.join(', ')],
      ['acknowledged', wishes.acknowledgedAt === null ? '' : momentText(wishes.acknowledgedAt)],
      ['added', createdAt.toISOString()],
    ]
    io.out(
      `${item.id}\n${rows.map(([name, value]) => `  ${name.padEnd(18)}${value === '' ? '-' : value}`).join('\n')}\n`,
    )
    return 0
  })
}

function snoozeText({ snoozedUntil, snoozedToChange }: Snoozed, now: Date): string {
  if (snoozedToChange) return 'until the next status change'
  return snoozedUntil === null || snoozedUntil <= now ? '' : `until ${momentText(snoozedUntil)}`
}

type Snoozed = Pick<StoredItem, 'snoozedUntil' | 'snoozedToChange'>

const done: Record<ItemState, string> = {
  watching: 'is watched again; what came meanwhile was judged, silently',
  paused: 'is paused',
  retired: 'is removed; its history is kept',
}

const already: Record<ItemState, string> = {
  watching: 'is watched already',
  paused: 'is paused already',
  retired: 'is removed already',
}

/** `openwatch items pause|resume|remove <id>`. What the configuration manages can be paused here but is removed there. */
export async function changeWatchItem(
  io: Io,
  id: string,
  change: ItemChange,
  sure: { readonly yes?: boolean } = {},
): Promise<number> {
  return withCommandSystem(io, async (system) => {
    if (change === 'remove') {
      const { item, state, origin } = await found(system.db.pool, id)
      const asked = `Stop watching "${oneLine(item.question)}"? Its history is kept.`
      if (state !== 'retired' && origin === 'user' && !(await isMeant(io, asked, sure))) {
        io.out(`${id} stays as it is\n`)
        return 1
      }
    }
    const changed = await changeItemState(id, change, { via: 'cli' }, system)
    switch (changed.kind) {
      case 'no-item':
        throw new UsageError(await noSuchItem(system.db.pool, id))
      case 'removed':
        throw new UsageError(`"${id}" was removed; add the question again`)
      case 'managed':
        throw new UsageError(`"${id}" is managed by the configuration: remove it from ${changed.file}`)
      case 'changed':
      case 'already':
        io.out(`${id} ${(changed.kind === 'changed' ? done : already)[changed.state]}\n`)
        return 0
    }
  })
}

async function found(db: Parameters<typeof listItems>[0], id: string): Promise<StoredItem> {
  const [stored] = await listItems(db, [id])
  if (stored === undefined) throw new UsageError(await noSuchItem(db, id))
  return stored
}
