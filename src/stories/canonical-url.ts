const tracking =
  /^(?:utm_\w+|fbclid|gclid|dclid|msclkid|igshid|mc_[ce]id|ref|ref_src|ref_url|source|src|cmpid|cmp|campaign|ito|smid|partner|ncid|sr_share|share|at_\w+|ns_\w+|from|guccounter|taid|xtor|_hs\w+|spm|feature|amp|outputtype)$/iu

/**
 * The address by which copies of a page are known: without scheme, tracking parameters, fragment, mobile and AMP forms.
 * Returns '' for what is no address.
 */
export function canonicalUrl(address: string | null): string {
  if (address === null || !URL.canParse(address)) return ''
  const url = new URL(address)
  const host = url.hostname
    .toLowerCase()
    .replace(/^(?:www\d?|m|mobile|amp|touch)\./u, '')
    .replace(/\.cdn\.ampproject\.org$/u, '')
  const path = url.pathname
    .replace(/^\/amp(?=\/)/u, '')
    .replace(/(?:\/amp|\.amp|\/index\.(?:html?|php))\/?$/u, '')
    .replace(/\/+$/u, '')
  const kept = [...url.searchParams]
    .filter(([name]) => !tracking.test(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
  const query = kept.map(([name, value]) => `${name}=${value}`).join('&')
  return `${host}${path}${query === '' ? '' : `?${query}`}`
}
