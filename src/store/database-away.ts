import { codeOf } from './embedded/faults.ts'

/** Postgres says that it is stopped, has crashed, or is not yet open. */
const refusals: ReadonlySet<string> = new Set(['57P01', '57P02', '57P03'])

/** The machine says that nobody listens, or that the connection broke. */
const broken: ReadonlySet<string> = new Set(['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ENOENT', 'ETIMEDOUT'])

/** What the driver says of a connection that is no more, without a code. */
const words = /connection terminated|connection error|timeout exceeded when trying to connect/i

/** Whether a statement failed since the database is away, for a moment or for long: not for what was asked of it. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = codeOf(error) ?? ''
  return refusals.has(code) || code.startsWith('08') || broken.has(code) || words.test(error.message)
}

/** Whether Postgres has ended a transaction since it and another waited for each other: done once more, it comes through. */
export function isDeadlock(error: unknown): boolean {
  return codeOf(error) === '40P01'
}

/** Postgres says that it may not write: it is a standby, or was told to be read-only. */
const readOnly = '25006'

/**
 * Why the database could not do what any database could, in words: its disk is full, its memory is, it may not write. Null
 * where it is away (which is another thing), or where what was asked of it was wrong.
 */
export function whyUnable(error: unknown): string | null {
  if (!(error instanceof Error) || isDatabaseAway(error)) return null
  const code = codeOf(error) ?? ''
  if (code === '53100') return `the disk of the database is full (${error.message}): free some space there`
  if (code === readOnly) return `the database may not write at present (${error.message})`
  return code.startsWith('53') || code.startsWith('58')
    ? `the database is not able to (${error.message})`
    : null
}
