import type { Alert } from './alert.ts'
import type { Channel } from './channels/channel.ts'
import { dueAt, type ChannelTimes, type Waiting } from './due.ts'

/** An alert that waits for a channel. */
export interface Candidate extends Waiting {
  readonly deliveryId: string
}

/** What is to become of the alerts that wait for a channel. */
export interface MessagePlan {
  /** Not yet; `until: null`: not before something happens that ends the wait. */
  readonly holds: readonly { readonly deliveryId: string; readonly until: Date | null }[]
  /** What goes at once, each as one message. `digest`: the time of the digest that it is. */
  readonly messages: readonly PlannedMessage[]
  /** When a burst is taken for over that is still coming; null where none is. */
  readonly burstEnds: Date | null
}

interface PlannedMessage {
  readonly deliveryIds: readonly string[]
  readonly dueSince: Date
  readonly digest: Date | null
}

export interface PlanOptions extends ChannelTimes {
  /** Whether alerts that come together go as one message. */
  readonly group: boolean
  /** How many of some alerts, from the first on, one message of the channel shows whole; all where it is missing. */
  readonly room?: Channel['room'] | undefined
  readonly now: Date
}

/** How long a burst is waited for where alerts go together, from its first alert. Milliseconds. */
export const burstMs = 2000

/** Most alerts of one message. Of a digest, which is one however long, channels leave out what they have no room for. */
const mostTogether = 100

/** Decides what goes out now, and as how many messages. Candidates come oldest first. */
export function planMessages(candidates: readonly Candidate[], options: PlanOptions): MessagePlan {
  const { group, now } = options
  const judged = candidates.map((one) => ({ one, due: dueAt(one, options, now) }))
  const holds = judged.flatMap(({ one, due }) =>
    due.kind === 'hold' ? [{ deliveryId: one.deliveryId, until: due.until }] : [],
  )
  const single = judged.flatMap(({ one, due }) => (due.kind === 'go' && due.digest === null ? [one] : []))
  const digests = judged.flatMap(({ one, due }) =>
    due.kind === 'go' && due.digest !== null ? [{ one, digest: due.digest }] : [],
  )
  const digest = digests[0]?.digest ?? null
  const burstEnds = group ? endOfBurst(single, now) : null
  const messages = [
    ...inChunks(digests.map(({ one }) => one)).map((chunk) => message(chunk, digest)),
    ...(burstEnds !== null ? [] : group ? inChunks(single, options.room) : single.map((one) => [one])).map(
      (chunk) => message(chunk, null),
    ),
  ]
  return { holds, messages, burstEnds }
}

/** When the burst ends that the waiting alerts are, if it is still under way. */
function endOfBurst(waiting: readonly Candidate[], now: Date): Date | null {
  if (waiting.length === 0) return null
  const ends = new Date(Math.min(...waiting.map(({ since }) => since.getTime())) + burstMs)
  return ends > now ? ends : null
}

/** As few messages as it takes, each with no more alerts than there is room for. */
function inChunks<T extends { readonly alert: Alert }>(all: readonly T[], room?: Channel['room']): T[][] {
  const chunks: T[][] = []
  for (let from = 0; from < all.length; from += chunks.at(-1)?.length ?? 1) {
    const chunk = all.slice(from, from + mostTogether)
    const [first, ...others] = chunk.map(({ alert }) => alert)
    if (first === undefined) break
    chunks.push(chunk.slice(0, Math.max(1, room?.([first, ...others]) ?? mostTogether)))
  }
  return chunks
}

function message(chunk: readonly Candidate[], digest: Date | null): PlannedMessage {
  const since = Math.min(...chunk.map((one) => one.since.getTime()))
  return { deliveryIds: chunk.map((one) => one.deliveryId), dueSince: new Date(since), digest }
}

/** Alerts in the order in which people read them: the oldest news first. */
export function inOrder<T extends { readonly alert: Alert }>(all: readonly T[]): T[] {
  return all.toSorted((a, b) => a.alert.at.getTime() - b.alert.at.getTime())
}
