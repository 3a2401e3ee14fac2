const dots = '•••'

/** Too short a secret would blot out ordinary words that hold it by chance; alone it is masked all the same. */
const shortest = 6

/** A text without secrets: those given, and user names and passwords in addresses. */
export function mask(text: string, secrets: ReadonlySet<string>): string {
  if (secrets.has(text)) return dots
  let masked = text
  for (const secret of [...secrets].toSorted((a, b) => b.length - a.length)) {
    if (secret.length >= shortest) masked = masked.replaceAll(secret, dots)
    else if (secret !== '') masked = masked.replaceAll(JSON.stringify(secret), JSON.stringify(dots))
  }
  return masked.replaceAll(/([a-z][a-z0-9+.-]*:\/\/)[^\s/@"]+@/gi, `$1${dots}@`)
}

/** Data of any shape without secrets, to be shown; Maps become objects, Sets lists, times their ISO text. */
export function masked(value: unknown, secrets: ReadonlySet<string>): unknown {
  if (typeof value === 'string') return mask(value, secrets)
  if (typeof value === 'number') return secrets.has(String(value)) ? dots : value
  if (value instanceof Date) return value.toISOString()
  if (value instanceof Map) return masked(Object.fromEntries(value), secrets)
  if (value instanceof Set) return masked([...value], secrets)
  if (Array.isArray(value)) return value.map((inner) => masked(inner, secrets))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, masked(inner, secrets)]))
}
