/** An absolute http(s) address, normalised, or null: what a feed gives as a link may be `javascript:` or worse. */
export function safeUrl(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return null
  const parsed = new URL(url)
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') return null
  // A name and password in front of the host serve only to make one host look like another.
  parsed.username = ''
  parsed.password = ''
  return parsed.href
}
