import type { AlertParts } from '../alert-parts.ts'

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
