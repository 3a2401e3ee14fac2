import stringWidth from 'string-width'
import { oneLine } from '../report/plain.ts'
import { wrapText } from '../report/wrap-text.ts'
import { listItems, setItemState, type ItemState, type StoredItem } from '../store/watch-items.ts'
import { UsageError } from './fault.ts'
import type { Io } from './io.ts'
import { withCommandSystem } from './open-system.ts'
import { noSuchItem } from './status.ts'
import { renderTable } from './table.ts'

/** `openwatch items list`: every watch item, retired ones last. */
export async function listWatchItems(io: Io): Promise<number> {
  return withCommandSystem(io, async (system) => {
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
  return withCommandSystem(io, async (system) => {
    const { item, origin, state, createdAt } = await found(system.db.pool, id)
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
      ['added', createdAt.toISOString()],
    ]
    io.out(
      `${item.id}\n${rows.map(([name, value]) => `  ${name.padEnd(18)}${value === '' ? '-' : value}`).join('\n')}\n`,
    )
    return 0
  })
}

const done: Record<ItemState, string> = {
  watching: 'is watched again',
  paused: 'is paused',
  retired: 'is removed; its history is kept',
}

/** `openwatch items pause|resume|remove <id>`. What the configuration manages can be paused here but is removed there. */
export async function changeWatchItem(io: Io, id: string, state: ItemState): Promise<number> {
  return withCommandSystem(io, async (system) => {
    const stored = await found(system.db.pool, id)
    if (state === 'retired' && stored.origin === 'config')
      throw new UsageError(
        `"${id}" is managed by the configuration: remove it from its file in ${system.config().directory}/watch`,
      )
    if (state !== 'retired' && stored.state === 'retired')
      throw new UsageError(`"${id}" was removed; add the question again`)
    await system.db.transaction((tx) => setItemState(tx, id, state, system.clock.now()))
    io.out(`${id} ${done[state]}\n`)
    return 0
  })
}

async function found(db: Parameters<typeof listItems>[0], id: string): Promise<StoredItem> {
  const [stored] = await listItems(db, [id])
  if (stored === undefined) throw new UsageError(await noSuchItem(db, id))
  return stored
}
