import type { Cluster } from './cluster.ts'
import type { Hooks } from './hooks.ts'

/** What came of a run: each thing by a name that is the same in every run of the same world. */
export type State = Readonly<Record<Part, readonly string[]>>

/** What is compared, as the summary names it. */
export const parts = [
  'entries',
  'revisions',
  'matches',
  'claims',
  'status changes',
  'alerts',
  'deliveries',
  'alerts received',
] as const
export type Part = (typeof parts)[number]

const alertName = `c.watch_item_id || ' #' || c.sequence || ' ' || a.kind || ' ' || c."from" || '>' || c."to"`

/** Alerts of what is not a change (a feed that cannot be seen) depend on when it happened, and are not compared. */
const statements: Record<Exclude<Part, 'alerts received'>, string> = {
  entries: `select coalesce(e.url, '') as name from entry e`,
  revisions: `select e.url || ' ' || r.title as name from revision r join entry e on e.id = r.entry_id`,
  matches: `select m.watch_item_id || ' ' || e.url || ' ' || r.title as name from match m
    join entry e on e.id = m.entry_id join revision r on r.id = m.revision_id`,
  claims: `select c.watch_item_id || ' ' || c.url || ' ' || c.ordinal || ' ' || coalesce(c.signal, '-') || ' ' || c.decision as name
    from claim c`,
  'status changes': `select c.watch_item_id || ' #' || c.sequence || ' ' || c.kind || ' ' || c."from" || '>' || c."to" || ' '
    || extract(epoch from c.at) as name from status_change c`,
  alerts: `select ${alertName} as name from alert a join status_change c on c.id = a.status_change_id`,
  deliveries: `select ${alertName} || ' ' || d.channel || ' ' || d.state as name
    from delivery d join alert a on a.id = d.alert_id join status_change c on c.id = a.status_change_id`,
}

/** Reads what came of a run. What was received under one key several times counts once. */
export async function readState(cluster: Cluster, database: string, hooks: Hooks): Promise<State> {
  const read = async (part: keyof typeof statements) =>
    (await cluster.query<{ name: string }>(database, statements[part])).map(({ name }) => name).sort()
  const alerts = await cluster.query<{ id: string; name: string }>(
    database,
    `select a.id, ${alertName} as name from alert a join status_change c on c.id = a.status_change_id`,
  )
  const names = new Map(alerts.map(({ id, name }) => [id, name]))
  const keys = new Map<string, Set<string>>()
  for (const { hook, key, alertIds } of hooks.arrived)
    for (const id of alertIds) {
      const name = names.get(id)
      if (name === undefined) continue
      const seen = keys.get(`${name} ${hook}`) ?? new Set<string>()
      keys.set(`${name} ${hook}`, seen.add(key))
    }
  return {
    entries: await read('entries'),
    revisions: await read('revisions'),
    matches: await read('matches'),
    claims: await read('claims'),
    'status changes': await read('status changes'),
    alerts: await read('alerts'),
    deliveries: await read('deliveries'),
    'alerts received': [...keys].flatMap(([name, under]) => [...under].map(() => name)).sort(),
  }
}

/** How one run differs from another in one part. */
export interface Difference {
  readonly part: Part
  readonly wanted: number
  readonly lost: readonly string[]
  readonly doubled: readonly string[]
}

/** Compares a run with the undisturbed one: what it lacks, and what it has too often or should not have. */
export function compareStates(wanted: State, got: State): Difference[] {
  return parts.map((part) => {
    const left = counted(got[part])
    const lost = wanted[part].filter((name) => !take(left, name))
    const doubled = [...left].flatMap(([name, times]) => Array<string>(times).fill(name))
    return { part, wanted: wanted[part].length, lost, doubled }
  })
}

function counted(names: readonly string[]): Map<string, number> {
  const times = new Map<string, number>()
  for (const name of names) times.set(name, (times.get(name) ?? 0) + 1)
  return times
}

function take(from: Map<string, number>, name: string): boolean {
  const times = from.get(name) ?? 0
  if (times > 1) from.set(name, times - 1)
  else from.delete(name)
  return times > 0
}
