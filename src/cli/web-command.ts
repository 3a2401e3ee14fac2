import type { Io } from './io.ts'
import { serve, type StopSignal } from './start.ts'

/** `openwatch web`: the page and what is called over the network, without polling; any number of them. */
export function web(io: Io, stop: StopSignal): Promise<number> {
  return serve(io, stop, { kind: 'web' })
}
