import { count, momentText } from '../../report/people-time.ts'
import type { PollOutcome } from '../../store/poll-log.ts'
import type { PollTick } from '../../store/poll-strips.ts'

const tones = ['fresh', 'fine', 'bad'] as const
type Tone = (typeof tones)[number]

/** Width of a tick with its gap, and heights of ticks, in units of the picture. */
const step = 5
const heights: Readonly<Record<Tone, number>> = { fresh: 20, fine: 10, bad: 20 }
const height = 20

/** Whether a poll went well. */
export function wentWell(outcome: PollOutcome): boolean {
  return outcome === 'new' || outcome === 'unchanged' || outcome === 'pushed'
}

function toneOf({ outcome, newEntries }: PollTick): Tone {
  if (!wentWell(outcome)) return 'bad'
  return newEntries > 0 ? 'fresh' : 'fine'
}

/** The last polls of a feed as a strip, the newest on the right: tall where entries came, low where there was nothing new. */
export function PollStrip({
  polls,
  places,
}: {
  readonly polls: readonly PollTick[]
  readonly places: number
}) {
  if (polls.length === 0) return null
  const first = places - polls.length
  const toned = polls.map(toneOf)
  // one path a tone: a page of many feeds stays light
  const paths = tones.map((tone) => ({
    tone,
    d: toned
      .flatMap((one, at) => (one === tone ? [`M${(first + at) * step + 2} ${height}v-${heights[tone]}`] : []))
      .join(''),
  }))
  return (
    <svg
      class="polls"
      viewBox={`0 0 ${places * step} ${height}`}
      width={places * step}
      height={height}
      role="img"
      aria-label={stripText(polls)}
    >
      <path class="ground" d={`M0 ${height - 1}h${places * step}`} />
      {paths.map(({ tone, d }) => (d === '' ? null : <path class={tone} d={d} />))}
    </svg>
  )
}

/** The same in words: "Last 40 polls: 12 brought entries, 3 failed, the last one too". */
export function stripText(polls: readonly PollTick[]): string {
  const tonesOf = polls.map(toneOf)
  const many = (tone: Tone) => tonesOf.filter((one) => one === tone).length
  const failed = many('bad')
  const last = polls.at(-1)
  const parts = [
    `${many('fresh')} brought entries`,
    failed === 0
      ? 'none failed'
      : `${failed} failed${tonesOf.at(-1) === 'bad' ? (failed === 1 ? ', the last one' : ', the last one too') : ''}`,
  ]
  const when = last === undefined ? '' : `; the last on ${momentText(last.at)}`
  const which = polls.length === 1 ? 'Last poll' : `Last ${count(polls.length, 'poll')}`
  return `${which}: ${parts.join(', ')}${when}`
}
