/** Postgres says that it is stopped, has crashed, or is not yet open. */
const refusals: ReadonlySet<string> = new Set(['57P01', '57P02', '57P03'])

/** The machine says that nobody listens, or that the connection broke. */
const broken: ReadonlySet<string> = new Set(['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ENOENT', 'ETIMEDOUT'])

/** What the driver says of a connection that is no more, without a code. */
const words = /connection terminated|connection error|timeout exceeded when trying to connect/i

/** Whether a statement failed since the database is away, for a moment or for long: not for what was asked of it. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  return refusals.has(code) || code.startsWith('08') || broken.has(code) || words.test(error.message)
}
