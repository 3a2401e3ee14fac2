import { getDomain, getHostname } from 'tldts'

/** The registrable domain of an address (`https://news.bbc.co.uk/1` gives `bbc.co.uk`), else its host; '' when it has none. */
export function outletOf(url: string): string {
  const host = getHostname(url) ?? ''
  return (getDomain(url, { allowPrivateDomains: true }) ?? host).replace(/^www\./, '')
}
