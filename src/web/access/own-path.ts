const base = 'http://own.invalid'

/** No address of ours is longer, in characters. */
const longest = 2000

/**
 * A path of this site as a safe place to go to, with its query and fragment; null for everything else: addresses of other
 * sites in any disguise (`//x`, `/\x`, `/.//x`, with tabs and line ends in between), and what is no address.
 */
export function ownPath(given: unknown): string | null {
  if (typeof given !== 'string' || given.length > longest || !/^\/(?![/\\])/.test(given)) return null
  // browsers leave some of these out before they read an address
  if (/[\p{Cc}\\]/u.test(given) || !URL.canParse(given, base)) return null
  const url = new URL(given, base)
  if (url.origin !== base || url.pathname.startsWith('//')) return null
  return `${url.pathname}${url.search}${url.hash}`
}

/** Where signing in leads back to: the page that was asked for. */
export function loginPath(next: string | null): string {
  return next === null || next === '/' ? '/login' : `/login?next=${encodeURIComponent(next)}`
}
