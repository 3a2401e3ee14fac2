import type { Alert } from '../alert.ts'
import type { AlertParts } from '../alert-parts.ts'
import type { Message } from '../message.ts'

/** How much of something fits: `size` in the unit that it is measured in. */
export interface Room {
  readonly size: number
  readonly count: number
}

/** The first frames that there is room for, in their order, and how many are left out. The first always stays. */
export function fitting<Frame>(
  frames: readonly Frame[],
  room: Room,
  sizeOf: (frame: Frame) => number,
): { readonly kept: readonly Frame[]; readonly left: number } {
  let size = 0
  let count = 0
  for (const frame of frames) {
    size += sizeOf(frame)
    if (count > 0 && (size > room.size || count >= room.count)) break
    count++
  }
  return { kept: frames.slice(0, count), left: frames.length - count }
}

/** What an alert gives up where it is too long, the least needed first. */
const lesser: readonly Partial<AlertParts>[] = [
  { actions: [] },
  { details: [] },
  { slippage: [] },
  { why: null },
  { against: null },
  { quote: null },
  { link: null },
]

/** An alert laid out with as many of its parts as `accepts` takes; with the fewest where it takes none. */
export function leanest<Frame>(
  parts: AlertParts,
  layOut: (parts: AlertParts) => Frame,
  accepts: (frame: Frame) => boolean,
): Frame {
  let lean = parts
  let frame = layOut(lean)
  for (const without of lesser) {
    if (accepts(frame)) break
    lean = { ...lean, ...without }
    frame = layOut(lean)
  }
  return frame
}

/**
 * How many alerts, from the first on, make a message that is whole; at least 1, and no more than `most`, a number that
 * is never reached or is a limit, so that not every alert of a flood is laid out for nothing.
 */
export function mostWhole(
  alerts: readonly [Alert, ...Alert[]],
  most: number,
  isWhole: (message: Message) => boolean,
): number {
  const [first, ...others] = alerts
  const whole = (count: number) => isWhole({ alerts: [first, ...others.slice(0, count - 1)], digest: null })
  let high = Math.min(alerts.length, most)
  if (high === 1 || whole(high)) return high
  let low = 1
  high--
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (whole(middle)) low = middle
    else high = middle - 1
  }
  return low
}
