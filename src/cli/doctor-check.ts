/** How something is: `warn`: it works, but needs a look; `fail`: openwatch cannot do its work. */
export type CheckState = 'ok' | 'warn' | 'fail'

/** What one check found. */
export interface Check {
  /** What was looked at, as in `database`. */
  readonly name: string
  readonly state: CheckState
  readonly says: string
  /** What to do; null where nothing is to be done. */
  readonly fix: string | null
}
