import type { Io } from './io.ts'
import { serve, type StopSignal } from './start.ts'

/** `openwatch worker`: polls, judges and delivers, without a page; any number of them on one database share the work. */
export function worker(io: Io, stop: StopSignal): Promise<number> {
  return serve(io, stop, { kind: 'worker' })
}
