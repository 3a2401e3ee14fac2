const secretName =
  /^(?:.*[_-])?(?:key|apikey|token|secret|password|passwd|pwd|auth|authorization|signature|sig)$/i
/** Stands where a secret stood. */
const mask = '***'
const userInfo = /(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi

/** A URL as it may be shown: user, password and secret-looking query values become `***`. Not a URL: masked as text. */
export function maskUrl(url: string): string {
  if (!URL.canParse(url)) return maskUrls(url)
  const shown = new URL(url)
  if (shown.username !== '' || shown.password !== '') {
    shown.username = mask
    shown.password = ''
  }
  for (const name of secretNames(shown)) shown.searchParams.set(name, mask)
  return shown.href
}

/** Whether an address holds what is nobody's business who reads a report. */
export function hasSecret(url: string): boolean {
  if (!URL.canParse(url)) return maskUrls(url) !== url
  const parsed = new URL(url)
  return parsed.username !== '' || parsed.password !== '' || secretNames(parsed).length > 0
}

/** Whether an address is one that was masked, and so of no use. */
export function isMasked(url: string): boolean {
  const { username, password, searchParams } = new URL(url)
  return [username, password, ...searchParams.values()].includes(mask)
}

/** Any text (an error message, a log line) with the user and password of every URL in it replaced by `***`. */
export function maskUrls(text: string): string {
  return text.replace(userInfo, `$1${mask}@`)
}

/** The names in a query that look as if their values were keys: `token`, `api_key`, `accessToken`. */
function secretNames({ searchParams }: URL): string[] {
  const isSecret = (name: string) => secretName.test(name.replace(/([a-z0-9])([A-Z])/g, '$1-$2'))
  return [...new Set(searchParams.keys())].filter(isSecret)
}
