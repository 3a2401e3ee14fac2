import { feedHost } from './feed-reason.ts'
import { maskUrl } from './mask-url.ts'

interface Named {
  readonly title: string | null
  readonly url: string
}

/**
 * What to call each of some feeds so that they can be told apart: the title, else the host; where another has the same,
 * host and path; where that is the same too, with the query.
 */
export function feedNames(feeds: readonly Named[]): string[] {
  const short = feeds.map(({ title, url }) => title ?? feedHost(url))
  const ofShort = counts(short)
  const paths = feeds.map(({ url }) => hostAndPath(url))
  const ofPaths = counts(paths)
  return feeds.map(({ title, url }, at) => {
    const name = short[at] ?? ''
    if (ofShort.get(name) === 1) return name
    const path = paths[at] ?? ''
    const place = ofPaths.get(path) === 1 ? path : `${path}${query(url)}`
    return title === null ? place : `${title} (${place})`
  })
}

function counts(names: readonly string[]): ReadonlyMap<string, number> {
  const known = new Map<string, number>()
  for (const name of names) known.set(name, (known.get(name) ?? 0) + 1)
  return known
}

function hostAndPath(url: string): string {
  if (!URL.canParse(url)) return url
  const { host, pathname } = new URL(url)
  return `${host.replace(/^www\./, '')}${pathname}`
}

function query(url: string): string {
  return URL.canParse(url) ? new URL(maskUrl(url)).search : ''
}
