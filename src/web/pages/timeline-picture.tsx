import { scaleUtc, type ScaleTime } from 'd3-scale'
import { symbol, symbolCircle, symbolDiamond, symbolSquare, type SymbolType } from 'd3-shape'
import { dayText, monthName, shortDayText } from '../../report/people-time.ts'
import { clip } from '../../report/plain.ts'
import { certaintyWords } from '../../report/status-words.ts'
import type {
  Timeline,
  TimelineBand,
  TimelineLane,
  TimelinePoint,
  TimelinePromise,
} from '../../report/timeline.ts'
import type { Certainty } from '../../status/status.ts'
import { TableHead } from './table-head.tsx'

/** How a picture is laid out: beside its names where there is room, below them on a phone. In CSS pixels. */
interface Layout {
  readonly width: number
  /** Left of the time. */
  readonly gutter: number
  readonly lane: number
  readonly ticks: number
  readonly className: string
}

const wide: Layout = { width: 1080, gutter: 170, lane: 30, ticks: 8, className: 'wide-picture' }
const narrow: Layout = { width: 358, gutter: 0, lane: 46, ticks: 4, className: 'narrow-picture' }

const bandHeight = 30
const top = 8
const gap = 14
const right = 10

interface View {
  readonly layout: Layout
  readonly x: ScaleTime<number, number>
  readonly timeline: Timeline
}

/** The story of a question as a picture, once for wide windows and once for phones; whichever fits is shown. */
export function TimelinePicture({ timeline }: { readonly timeline: Timeline }) {
  return (
    <>
      {[wide, narrow].map((layout) => (
        <Picture layout={layout} timeline={timeline} />
      ))}
    </>
  )
}

function Picture({ layout, timeline }: Omit<View, 'x'>) {
  const x = scaleUtc([timeline.from, timeline.to], [layout.gutter, layout.width - right])
  const view = { layout, x, timeline }
  const lanesTop = top + bandHeight + gap
  const promisesTop = lanesTop + timeline.lanes.length * layout.lane + (timeline.lanes.length > 0 ? gap : 0)
  const promiseHeight = 30
  const bottom = promisesTop + timeline.promises.length * promiseHeight
  return (
    <svg
      class={`timeline ${layout.className}`}
      viewBox={`0 0 ${layout.width} ${bottom + 30}`}
      role="group"
      aria-label={`Timeline from ${dayText(timeline.from)} to ${dayText(timeline.to)}`}
    >
      <Axis view={view} bottom={bottom} />
      {timeline.bands.map((band) => (
        <Band view={view} band={band} />
      ))}
      {timeline.promises.map((promise, row) => (
        <Promised view={view} promise={promise} y={promisesTop + row * promiseHeight} />
      ))}
      {timeline.lanes.map((lane, row) => (
        <Lane view={view} lane={lane} y={lanesTop + row * layout.lane} />
      ))}
    </svg>
  )
}

function Axis({ view, bottom }: { readonly view: View; readonly bottom: number }) {
  const { x, layout, timeline } = view
  // a word at the edge would be cut
  const ticks = x.ticks(layout.ticks).filter((at) => x(at) > 16 && x(at) < layout.width - 16)
  const format = tickFormat(ticks)
  return (
    <g class="axis" aria-hidden="true">
      {ticks.map((at) => (
        <>
          <path d={`M${place(x(at))} ${top}V${bottom}`} />
          <text x={place(x(at))} y={bottom + 20} text-anchor="middle">
            {format(at)}
          </text>
        </>
      ))}
      {timeline.now === null ? null : (
        <path class="now" d={`M${place(x(timeline.now))} ${top - 6}V${bottom}`} />
      )}
    </g>
  )
}

/** "4 May" where ticks are days, "June" where they are months, the year where it begins. */
function tickFormat(ticks: readonly Date[]): (at: Date) => string {
  const areMonths = ticks.every((at) => at.getUTCDate() === 1)
  return (at) => {
    if (areMonths && at.getUTCMonth() === 0) return String(at.getUTCFullYear())
    const month = monthName(at.getUTCMonth()).slice(0, 3)
    return areMonths ? month : `${at.getUTCDate()} ${month}`
  }
}

function Band({ view, band }: { readonly view: View; readonly band: TimelineBand }) {
  const [from, to] = [view.x(band.from), view.x(band.to)]
  const width = Math.max(3, to - from)
  return (
    <g class={`band ${band.status}`}>
      <title>{`${band.status} from ${dayText(band.from)} to ${dayText(band.to)}`}</title>
      <rect x={place(from)} y={top} width={place(width)} height={bandHeight} rx="4" />
      {width > textWidth(band.status) + 16 ? (
        <text x={place(from + 8)} y={top + 20}>
          {band.status}
        </text>
      ) : null}
    </g>
  )
}

function Lane({ view, lane, y }: { readonly view: View; readonly lane: TimelineLane; readonly y: number }) {
  const { layout, x } = view
  const isBeside = layout.gutter > 0
  const middle = isBeside ? y + layout.lane / 2 : y + layout.lane - 14
  return (
    <g class="lane">
      <text
        x={isBeside ? layout.gutter - 14 : 0}
        y={isBeside ? middle + 4 : y + 14}
        text-anchor={isBeside ? 'end' : 'start'}
      >
        {clip(lane.outlet, 24)}
      </text>
      <path class="rule" d={`M${layout.gutter} ${middle}H${layout.width - right}`} />
      {lane.points.map((point) => (
        <Point point={point} x={x(point.at)} y={middle} />
      ))}
    </g>
  )
}

const shapes: Readonly<Record<Certainty, SymbolType>> = {
  official: symbolDiamond,
  reported: symbolCircle,
  hedged: symbolSquare,
}

/** What carried a change can be reached and leads to it; what did not is only drawn: there may be many. */
function Point({ point, x, y }: { readonly point: TimelinePoint; readonly x: number; readonly y: number }) {
  const mark = symbol(shapes[point.certainty], point.decided ? 120 : 36)() ?? ''
  const drawn = <path d={mark} transform={`translate(${place(x)} ${place(y)})`} />
  const tone = `point ${point.signal ?? 'dated'} ${point.decided ? 'decided' : 'undecided'}`
  const words = pointText(point)
  return (
    <g class={tone}>
      <title>{words}</title>
      {point.change !== null ? (
        <a href={`#change_${point.change}`} aria-label={words}>
          {drawn}
        </a>
      ) : (
        drawn
      )}
    </g>
  )
}

/** "5 August 2025, openai.com, official word: happened. “…”" */
function pointText({ at, outlet, certainty, signal, quote }: TimelinePoint): string {
  const told = signal ?? 'a date'
  return `${dayText(at)}, ${clip(outlet, 60)}, ${certaintyWords[certainty]}: ${told}. “${clip(quote, 160)}”`
}

function Promised({
  view,
  promise,
  y,
}: {
  readonly view: View
  readonly promise: TimelinePromise
  readonly y: number
}) {
  const { x, layout, timeline } = view
  const [least, most] = [layout.gutter, layout.width - right]
  const cut = (at: number) => Math.min(most, Math.max(least, at))
  const said = cut(x(promise.at))
  const from = cut(x(promise.from ?? promise.at))
  const to = Math.max(from + 4, cut(x(promise.to ?? timeline.to)))
  const middle = y + 15
  const isOpen = promise.from === null && promise.to === null
  const words = clip(promise.words, layout.gutter > 0 ? 40 : 22)
  const first = Math.min(said, from)
  const hasRoom = { left: first - 8 > textWidth(words), right: layout.width - to - 8 > textWidth(words) }
  const side = hasRoom.left && (first - least > layout.width / 2 || !hasRoom.right) ? 'left' : 'right'
  // with room on neither side the words stand above the bar
  const isAbove = side === 'right' && !hasRoom.right
  return (
    <g class="promise">
      <title>{`promised on ${shortDayText(promise.at)}: ${clip(promise.words, 80)}`}</title>
      <path class="said" d={`M${place(said)} ${middle}H${place(from)}`} />
      <circle cx={place(said)} cy={middle} r="3" />
      {isOpen ? null : <rect x={place(from)} y={middle - 6} width={place(to - from)} height="12" rx="3" />}
      <text
        x={isAbove ? layout.width : place(side === 'left' ? first - 8 : to + 8)}
        y={isAbove ? middle - 8 : middle + 4}
        text-anchor={side === 'left' || isAbove ? 'end' : 'start'}
      >
        {words}
      </text>
    </g>
  )
}

/** How wide words are at most in the type of the picture, whatever font the reader has. In CSS pixels. */
function textWidth(words: string): number {
  return words.length * 8.4
}

/** Tenths of a pixel are enough. */
function place(number: number): number {
  return Math.round(number * 10) / 10
}

/** The same in words, for who does not see the picture. */
export function TimelineTable({ timeline }: { readonly timeline: Timeline }) {
  const rows = [
    ...timeline.bands.map(({ from, to, status }) => ({
      at: from,
      what: `${status} until ${dayText(to)}`,
      who: '',
    })),
    ...timeline.promises.map(({ at, words }) => ({ at, what: `promised: ${words}`, who: '' })),
    ...timeline.lanes.flatMap(({ points }) =>
      points
        .filter(({ decided }) => decided)
        .map(({ at, outlet, signal, quote }) => ({
          at,
          what: `${signal ?? 'a date'}: “${clip(quote, 160)}”`,
          who: outlet,
        })),
    ),
  ].sort((a, b) => a.at.getTime() - b.at.getTime())
  return (
    <details>
      <summary>The same as a table</summary>
      <table class="stacks">
        <caption class="visually-hidden">
          Statuses, promised dates and what decided them, oldest first
        </caption>
        <TableHead columns={['When', 'What', 'Who said it']} />
        <tbody>
          {rows.map(({ at, what, who }) => (
            <tr>
              <th scope="row">
                <time dateTime={at.toISOString()}>{shortDayText(at)}</time>
              </th>
              <td>{what}</td>
              <td>{clip(who, 60)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
