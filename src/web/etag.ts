import { createHash } from 'node:crypto'

/** The tag of a text: another text has another. */
export function etagOf(body: string): string {
  return `"${createHash('sha256').update(body).digest('base64url')}"`
}

/** Whether a header names this tag (RFC 9110, 13.1.2): tags are compared weakly, as proxies make them. */
export function namesTag(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false
  const tags = header.split(',').map((one) => one.trim().replace(/^W\//, ''))
  return tags.includes('*') || tags.includes(tag)
}
