import { count, durationText } from './people-time.ts'

/** A process of openwatch that works on the database, or did until lately. */
export interface ReportProcess {
  readonly id: string
  /** `start`: page and work, `worker`: work alone, `web`: page alone. */
  readonly kind: 'start' | 'worker' | 'web'
  readonly host: string
  readonly pid: number
  readonly version: string
  readonly startedAt: Date
  /** When it last said that it lives. */
  readonly seenAt: Date
  /** Milliseconds since then, by the database's clock. */
  readonly silentMs: number
  /** Where its page is; null without one. */
  readonly page: string | null
  /** Where its metrics are; null where it opened no port for them. */
  readonly metrics: string | null
  /** What keeps it from its work, in words; null while nothing does. */
  readonly trouble: string | null
}

/** A process says every few seconds that it lives. After so many milliseconds of silence it counts as lost. */
export const lostAfterMs = 30_000

/** Whether a process has been silent for too long. */
export function isLost({ silentMs }: Pick<ReportProcess, 'silentMs'>): boolean {
  return silentMs > lostAfterMs
}

/**
 * Which processes work, in one line: "2 workers and 1 page server at work; 1 worker lost, 40 s ago (process 4711 on
 * alpha)". Where none polls it says so, since silence then means nothing, and so it does where one that lives cannot work.
 */
export function processesLine(processes: readonly ReportProcess[]): string {
  const alive = processes.filter((one) => !isLost(one))
  const parts = []
  if (alive.length > 0) parts.push(`${kindsOf(alive)} at work`)
  for (const kind of kinds) {
    const lost = processes.filter((one) => one.kind === kind && isLost(one))
    if (lost.length === 0) continue
    const latest = Math.min(...lost.map(({ silentMs }) => silentMs))
    parts.push(
      `${many(lost.length, kind)} lost, ${lost.length === 1 ? '' : 'the last '}${durationText(latest)} ago (${whichOf(lost)})`,
    )
  }
  const ill = alive.flatMap(({ kind, host, trouble }) =>
    trouble === null ? [] : [`. The ${names[kind]} on ${host} says: ${trouble}`],
  )
  const told = parts.join('; ') + ill.join('')
  if (alive.some(({ kind }) => kind !== 'web')) return told
  const idle = 'No openwatch is polling. Start one: openwatch start'
  return told === '' ? idle : `${told}. ${idle}`
}

/** Processes that are named one by one. */
const mostNamed = 3

const kinds = ['start', 'worker', 'web'] as const

const names = { start: 'daemon', worker: 'worker', web: 'page server' } as const

/** Where to look: on which machine, under which number. */
function whichOf(lost: readonly ReportProcess[]): string {
  const named = lost.slice(0, mostNamed).map(({ pid, host }) => `process ${pid} on ${host}`)
  return [...named, ...(lost.length > mostNamed ? ['…'] : [])].join(', ')
}

function many(number: number, kind: ReportProcess['kind']): string {
  return count(number, names[kind])
}

function kindsOf(processes: readonly ReportProcess[]): string {
  const counted = kinds.flatMap((kind) => {
    const number = processes.filter((one) => one.kind === kind).length
    return number === 0 ? [] : [many(number, kind)]
  })
  return counted.length < 2
    ? counted.join('')
    : `${counted.slice(0, -1).join(', ')} and ${counted.at(-1) ?? ''}`
}
