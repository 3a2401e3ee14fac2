/** A field of a form or a query as text, white space cut off; empty where it is missing. Of several the first counts. */
export function fieldOf(from: unknown, name: string): string {
  return fieldsOf(from, name)[0] ?? ''
}

/** All values of a field that may come several times, empty ones left out. */
export function fieldsOf(from: unknown, name: string): string[] {
  if (typeof from !== 'object' || from === null || !Object.hasOwn(from, name)) return []
  const value = (from as Record<string, unknown>)[name]
  const values: unknown[] = Array.isArray(value) ? value : [value]
  return values.flatMap((one) => (typeof one === 'string' && one.trim() !== '' ? [one.trim()] : []))
}

/** A field that must be one of some words; null for anything else. */
export function choiceOf<W extends string>(from: unknown, name: string, words: readonly W[]): W | null {
  const value = fieldOf(from, name)
  return words.find((word) => word === value) ?? null
}

/** The number of a page of a list, from 1. */
export function pageNumber(from: unknown): number {
  const text = fieldOf(from, 'page')
  return /^[1-9]\d{0,5}$/.test(text) ? Number(text) : 1
}

/** An address with a query; fields that are empty are left out. */
export function withQuery(path: string, fields: Readonly<Record<string, string | number | null>>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(fields))
    if (value !== null && value !== '') query.set(name, String(value))
  const text = query.toString()
  return text === '' ? path : `${path}?${text}`
}
