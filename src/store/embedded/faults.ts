/** The code of a fault of the system (`ENOENT`) or of Postgres (`57P03`); null when it has none. */
export function codeOf(error: unknown): string | null {
  if (error instanceof AggregateError) return codeOf(error.errors[0])
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code
  return null
}

/** True when a file or folder, or one above it, is not there. */
export function isMissing(error: unknown): boolean {
  const code = codeOf(error)
  return code === 'ENOENT' || code === 'ENOTDIR'
}
