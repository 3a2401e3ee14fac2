/** Turns an address or a shorthand that people paste into the address of its feed; null when the rule does not know it. */
type Rule = (given: Given) => string | null

interface Given {
  /** What stands before the colon of a shorthand (`arxiv`), else ''. */
  readonly scheme: string
  readonly rest: string
  readonly url: URL | null
  /** Without `www.`; '' for a shorthand. */
  readonly host: string
  readonly path: readonly string[]
}

const encode = encodeURIComponent

const rules: readonly Rule[] = [
  function gitHub({ scheme, rest, host, path }) {
    const [owner, repository, view, branch] =
      scheme === 'github' ? rest.split('/') : host === 'github.com' ? path : []
    if (!owner || !repository) return null
    const base = `https://github.com/${owner}/${repository.replace(/\.git$/, '')}`
    if (view === 'commits' || view === 'tags') return `${base}/${view}${branch ? `/${branch}` : ''}.atom`
    return `${base}/releases.atom`
  },
  function googleNews({ scheme, rest, url, host }) {
    const query =
      scheme === 'news'
        ? rest
        : host === 'news.google.com' && url?.pathname === '/search'
          ? url.searchParams.get('q')
          : null
    if (!query) return null
    const place = ['hl', 'gl', 'ceid'].map((name) => [name, url?.searchParams.get(name)] as const)
    const kept = place.map(([name, value]) => (value ? `&${name}=${encode(value)}` : '')).join('')
    return `https://news.google.com/rss/search?q=${encode(query)}${kept}`
  },
  function hackerNews({ scheme, rest, url, host }) {
    const query = scheme === 'hn' ? rest : host === 'hn.algolia.com' ? url?.searchParams.get('q') : null
    if (query) return `https://hnrss.org/newest?q=${encode(query)}`
    return host === 'news.ycombinator.com' && url?.pathname === '/'
      ? 'https://news.ycombinator.com/rss'
      : null
  },
  function arxiv({ scheme, rest, url, host, path }) {
    if (host === 'arxiv.org' && path[0] === 'list' && path[1]) return `https://rss.arxiv.org/rss/${path[1]}`
    const query =
      scheme === 'arxiv'
        ? rest
        : host === 'arxiv.org' && path[0] === 'search'
          ? url?.searchParams.get('query')
          : null
    if (!query) return null
    return `https://export.arxiv.org/api/query?search_query=${encode(`all:"${query}"`)}&sortBy=submittedDate&sortOrder=descending&max_results=50`
  },
  function youTube({ url, host, path }) {
    if (host !== 'youtube.com' && host !== 'm.youtube.com') return null
    if (path[0] === 'channel' && path[1])
      return `https://www.youtube.com/feeds/videos.xml?channel_id=${encode(path[1])}`
    const list = path[0] === 'playlist' ? url?.searchParams.get('list') : null
    return list ? `https://www.youtube.com/feeds/videos.xml?playlist_id=${encode(list)}` : null
  },
  function subreddit({ rest, host, path }) {
    const bare = /^\/?r\/(\w+)\/?$/.exec(rest)?.[1]
    const name = bare ?? (/(?:^|\.)reddit\.com$/.test(host) && path[0] === 'r' ? path[1] : undefined)
    return name ? `https://www.reddit.com/r/${name}/new/.rss` : null
  },
  function mastodon({ rest, host, path }) {
    const [, user, server] = /^@([\w.]+)@([\w.-]+\.\w+)$/.exec(rest) ?? []
    if (user && server) return `https://${server}/@${user}.rss`
    return host !== 'youtube.com' &&
      host !== 'medium.com' &&
      path.length === 1 &&
      /^@\w+$/.test(path[0] ?? '')
      ? `https://${host}/${path[0] ?? ''}.rss`
      : null
  },
  function bluesky({ host, path }) {
    return host === 'bsky.app' && path[0] === 'profile' && path.length === 2
      ? `https://bsky.app/profile/${path[1] ?? ''}/rss`
      : null
  },
  function medium({ host, path }) {
    return host === 'medium.com' && path[0] && path[0] !== 'feed'
      ? `https://medium.com/feed/${path[0]}`
      : null
  },
]

function understand(pasted: string): Given {
  const text = pasted.trim()
  const url = /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : null
  const [, scheme = '', rest = text] = url === null ? (/^([a-z]+):(?!\/\/)\s*(.+)$/i.exec(text) ?? []) : []
  return {
    scheme: scheme.toLowerCase(),
    rest: rest.trim(),
    url,
    host: (url?.hostname ?? '').replace(/^www\./, ''),
    path: (url?.pathname ?? '').split('/').filter((part) => part !== ''),
  }
}

/** The feed behind what a person pasted (a repository, a channel, a search, `arxiv:mixture of experts`); null when it is to be looked at. */
export function feedUrlFor(pasted: string): string | null {
  const given = understand(pasted)
  if (given.url !== null && /\.(?:atom|rss|xml|json)$/.test(given.url.pathname)) return null
  for (const rule of rules) {
    const url = rule(given)
    if (url !== null) return url
  }
  return null
}
