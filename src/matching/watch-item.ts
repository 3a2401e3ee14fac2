import type { Status } from '../status/status.ts'

/** An open question under watch, as its owner wrote it, defaults filled in. */
export interface WatchItem {
  readonly id: string
  readonly question: string
  /** Aliases of the subject: one must occur. */
  readonly subject: readonly string[]
  /** Where given, one of these must occur too; the entry's outlet counts as an occurrence. */
  readonly context: readonly string[]
  /** Where given, one of these must occur too. */
  readonly about: readonly string[]
  /** Names the vocabulary in `config/kinds`. */
  readonly kind: string
  readonly topic: string
  /** Registrable domains whose own word settles the question. */
  readonly official: readonly string[]
  /** Where the question stood when the watch began. */
  readonly status: Status
  /** The promised date when the watch began, as a person wrote it ("summer 2025"). */
  readonly expected: string | null
  /** When the watch begins: entries from before are not judged. */
  readonly since: Date
}
