import { getDomain, getHostname } from 'tldts'

/** The registrable domain of an address (`https://news.bbc.co.uk/1` gives `bbc.co.uk`), else its host; '' when it has none. */
export function outletOf(url: string): string {
  const host = getHostname(url) ?? ''
  return (getDomain(url, { allowPrivateDomains: true }) ?? host).replace(/^www\./, '')
}

/** An address whose host is plain to see. */
const plainHost = /^https?:\/\/([a-z\d.-]+)(?:[/?#]|$)/

/** `outletOf` for the entries of one feed, which are hardly ever of more than one host: each is looked up once. */
export function rememberedOutlets(): (url: string) => string {
  const known = new Map<string, string>()
  return (url) => {
    const host = plainHost.exec(url)?.[1]
    if (host === undefined) return outletOf(url)
    let outlet = known.get(host)
    if (outlet === undefined) known.set(host, (outlet = outletOf(url)))
    return outlet
  }
}
