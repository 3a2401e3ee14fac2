/** Reads a date as feeds write it; null when it is none. */
export function parseDate(text: string): Date | null {
  const written = text.trim()
  if (written === '') return null
  const at = Date.parse(written)
  return Number.isNaN(at) ? null : new Date(at)
}
