import type { QuietPoll } from '../store/poll-log.ts'
import type { Tried } from './drain-channel.ts'
import type { Polled } from './record-polls.ts'
import type { RebuiltIndex } from './tend-indexes.ts'
import type { Received } from './websub.ts'

/** Is told what a process does, as it does it. Must be quick, and must not throw. */
export interface Observer {
  /** A poll that came to something: entries, a failure, a change of the feed. */
  readonly polled: (polled: Polled) => void
  /** Polls that changed nothing. */
  readonly quiet: (polls: readonly Pick<QuietPoll, 'durationMs'>[]) => void
  /** What a hub delivered, or tried to. */
  readonly pushed: (received: Received) => void
  /** A try to deliver. */
  readonly tried: (tried: Tried) => void
  /** Indexes that were built anew, or could not be. */
  readonly tended: (tended: {
    readonly rebuilt: readonly Pick<RebuiltIndex, 'bytesBefore' | 'bytesAfter'>[]
    readonly failed: boolean
  }) => void
}
