import { publicServices, type Services } from '../config/schema/services.ts'

/** Turns an address or a shorthand that people paste into the address of its feed; null when the rule does not know it. */
type Rule = (given: Given, services: Services) => string | null

interface Given {
  /** What stands before the colon of a shorthand (`arxiv`), else ''. */
  readonly scheme: string
  readonly rest: string
  readonly url: URL | null
  /** Without `www.`; '' for a shorthand. */
  readonly host: string
  readonly path: readonly string[]
  /** Whether the address is one of this site: by its well-known host, or by that which the configuration gives it. */
  readonly isAt: (known: string, service: string) => boolean
}

const encode = encodeURIComponent

const rules: readonly Rule[] = [
  function gitHub({ scheme, rest, path, isAt }, { github }) {
    const [owner, repository, view, branch] =
      scheme === 'github' ? rest.split('/') : isAt('github.com', github) ? path : []
    if (!owner || !repository || (scheme === '' && noOwners.test(owner))) return null
    const base = `${github}/${owner}/${repository.replace(/\.git$/, '')}`
    if (view === 'commits' || view === 'tags') return `${base}/${view}${branch ? `/${branch}` : ''}.atom`
    return `${base}/releases.atom`
  },
  function huggingFace({ scheme, rest, url, path, isAt }, { huggingFace }) {
    const owner =
      scheme === 'hf' || scheme === 'huggingface'
        ? rest.split('/')[0]
        : isAt('huggingface.co', huggingFace)
          ? modelOwner(path, url)
          : null
    if (!owner) return null
    return `${huggingFace}/api/models?author=${encode(owner)}&sort=createdAt&direction=-1&limit=50`
  },
  function googleNews({ scheme, rest, url, isAt }, { googleNews }) {
    const query =
      scheme === 'news'
        ? rest
        : isAt('news.google.com', googleNews) && url?.pathname === '/search'
          ? url.searchParams.get('q')
          : null
    if (!query) return null
    const place = ['hl', 'gl', 'ceid'].map((name) => [name, url?.searchParams.get(name)] as const)
    const kept = place.map(([name, value]) => (value ? `&${name}=${encode(value)}` : '')).join('')
    return `${googleNews}/rss/search?q=${encode(query)}${kept}`
  },
  function hackerNews({ scheme, rest, url, host }, { hackerNews }) {
    const search = host === 'hn.algolia.com' ? url?.searchParams : null
    // its own pages write `query`, links to it `q`
    const query = scheme === 'hn' ? rest : (search?.get('q') ?? search?.get('query'))
    if (query) return `${hackerNews}/newest?q=${encode(query)}`
    return host === 'news.ycombinator.com' && url?.pathname === '/'
      ? 'https://news.ycombinator.com/rss'
      : null
  },
  function arXiv({ scheme, rest, url, host, path }, { arxiv }) {
    if (host === 'arxiv.org' && path[0] === 'list' && path[1]) return `https://rss.arxiv.org/rss/${path[1]}`
    const query =
      scheme === 'arxiv'
        ? rest
        : host === 'arxiv.org' && path[0] === 'search'
          ? url?.searchParams.get('query')
          : null
    if (!query) return null
    const search = arXivField.test(query) ? query : `all:"${query}"`
    return `${arxiv}/api/query?search_query=${encode(search)}&sortBy=submittedDate&sortOrder=descending&max_results=50`
  },
  function youTube({ scheme, rest, url, path, isAt }, { youtube }) {
    // a handle says nothing of the channel's number: the channel's page names its feed
    if (scheme === 'youtube' || scheme === 'yt') return `${youtube}/@${rest.replace(/^@/, '')}`
    if (!isAt('youtube.com', youtube) && !isAt('m.youtube.com', youtube)) return null
    if (path[0] === 'channel' && path[1]) return `${youtube}/feeds/videos.xml?channel_id=${encode(path[1])}`
    const list = path[0] === 'playlist' ? url?.searchParams.get('list') : null
    return list ? `${youtube}/feeds/videos.xml?playlist_id=${encode(list)}` : null
  },
  function subreddit({ scheme, rest, host, path, isAt }, { reddit }) {
    const bare =
      scheme === 'reddit' ? /^(?:\/?r\/)?(\w+)$/.exec(rest)?.[1] : /^\/?r\/(\w+)\/?$/.exec(rest)?.[1]
    const there = isAt('reddit.com', reddit) || host.endsWith('.reddit.com')
    const name = bare ?? (there && path[0] === 'r' ? path[1] : undefined)
    return name ? `${reddit}/r/${name}/new/.rss` : null
  },
  function mastodon({ rest, url, host, path, isAt }, { youtube }) {
    const [, user, server] = /^@([\w.]+)@([\w.-]+\.\w+)$/.exec(rest) ?? []
    if (user && server) return `https://${server}/@${user}.rss`
    return url !== null &&
      !isAt('youtube.com', youtube) &&
      host !== 'medium.com' &&
      path.length === 1 &&
      /^@\w+$/.test(path[0] ?? '')
      ? `${url.origin}/${path[0] ?? ''}.rss`
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

/** First parts of addresses on GitHub that name no owner. */
const noOwners =
  /^(?:about|apps|collections|customer-stories|enterprise|explore|features|marketplace|orgs|search|settings|site|solutions|sponsors|topics|trending|users)$/
/** A search that says itself where to look: https://info.arxiv.org/help/api/user-manual.html#query_details. */
const arXivField = /^\(?(?:abs|all|au|cat|co|id|jr|rn|ti):/

/** First parts of addresses on Hugging Face that name no organisation or person. */
const notOwners =
  /^(?:api|blog|chat|collections|datasets|docs|join|learn|login|new|papers|posts|pricing|spaces|tasks)$/

/** Whose models a page of Hugging Face is about. */
function modelOwner(path: readonly string[], url: URL | null): string | null {
  const [first] = path
  if (first === 'models') return url?.searchParams.get('author') ?? null
  if (first === 'organizations') return path[1] ?? null
  return first === undefined || notOwners.test(first) ? null : first
}

/** `example.org/blog` is an address too. */
function urlOf(text: string): URL | null {
  if (/^https?:\/\//i.test(text)) return URL.canParse(text) ? new URL(text) : null
  const bare = /^[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#]|$)/.test(text)
  return bare && URL.canParse(`https://${text}`) ? new URL(`https://${text}`) : null
}

/** `feed://host/path` and `feed:https://host/path` are what browsers once opened in feed readers. */
export function withoutFeedScheme(text: string): string {
  return text.replace(/^feed:(?=https?:)/i, '').replace(/^feed:\/\//i, 'http://')
}

function understand(pasted: string): Given {
  const text = withoutFeedScheme(pasted.trim())
  const url = urlOf(text)
  const [, scheme = '', rest = text] = url === null ? (/^([a-z]+):(?!\/\/)\s*(.+)$/i.exec(text) ?? []) : []
  const host = (url?.hostname ?? '').replace(/^www\./, '')
  return {
    scheme: scheme.toLowerCase(),
    rest: rest.trim(),
    url,
    host,
    path: (url?.pathname ?? '').split('/').filter((part) => part !== ''),
    isAt: (known, service) => host === known || url?.host === new URL(service).host,
  }
}

/**
 * The feed behind what a person pasted (a repository, a channel, a search, `arxiv:mixture of experts`), or the page that
 * names it; null when it is to be looked at.
 */
export function feedUrlFor(pasted: string, services: Services = publicServices): string | null {
  const given = understand(pasted)
  if (given.url !== null && /\.(?:atom|rss|xml|json)$/.test(given.url.pathname)) return null
  for (const rule of rules) {
    const url = rule(given, services)
    if (url !== null) return url
  }
  return null
}

/** The address to ask for what a person pasted; what is no address and no shorthand comes back as it is. */
export function addressFor(pasted: string, services: Services): string {
  return feedUrlFor(pasted, services) ?? pageAddress(pasted)
}

/** The address of the page itself, whatever feed there is for it; what is no address comes back as it is. */
export function pageAddress(pasted: string): string {
  const text = withoutFeedScheme(pasted.trim())
  return /^https?:\/\//i.test(text) ? text : (urlOf(text)?.href ?? text)
}
