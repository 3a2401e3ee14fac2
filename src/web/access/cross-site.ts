/** What a browser tells about where a request comes from. */
export interface Origins {
  readonly method: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** The host that was asked, with its port. */
  readonly host: string
  readonly publicUrl: string | undefined
}

const safe: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Whether a method changes nothing, by HTTP's own word (RFC 9110, 9.2.1). */
export function isSafe(method: string): boolean {
  return safe.has(method)
}

/**
 * Whether a browser sends something that changes things from a page of another site. What no browser sends passes: it
 * has no cookie of ours. As Go's http.CrossOriginProtection and OWASP's advice on Fetch Metadata have it.
 */
export function isCrossSite({ method, headers, host, publicUrl }: Origins): boolean {
  if (isSafe(method)) return false
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site !== 'same-origin' && site !== 'none'
  // browsers leave that out over plain http, but for this machine
  const { origin } = headers
  if (origin === undefined) return false
  if (typeof origin !== 'string' || !URL.canParse(origin)) return true
  return new URL(origin).host !== host.toLowerCase() && new URL(origin).origin !== originOf(publicUrl)
}

function originOf(url: string | undefined): string | null {
  return url === undefined ? null : new URL(url).origin
}
