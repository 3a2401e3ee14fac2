import { isUtf8 } from 'node:buffer'
import type { Failed } from './fetch-outcome.ts'
import { maskUrl } from '../report/mask-url.ts'

/** One address on the way to a feed. */
export interface Hop {
  /** Without user and password: these travel in `authorization` only. */
  readonly url: URL
  readonly authorization: string | null
  /** The address to store from now on, with user and password where they still apply; null unless all hops were permanent. */
  readonly movedTo: string | null
  readonly permanent: boolean
  readonly userInfo: string
}

/** Longer addresses are followed, and not stored: a database's index takes none of more than some 2,700 bytes. */
const longestKept = 2000

type HopOrFailure = { readonly kind: 'hop'; readonly hop: Hop } | Failed

function fail(code: Failed['code'], reason: string): Failed {
  return { kind: 'failed', code, reason }
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function parsed(address: string): URL | null {
  try {
    return new URL(address)
  } catch {
    return null
  }
}

/** The first hop of a fetch: the stored URL, its user and password taken out into a Basic `Authorization`. */
export function firstHop(address: string): HopOrFailure {
  const url = parsed(address)
  if (url === null)
    return fail('bad-url', `"${maskUrl(address)}" is no web address; write it as https://host/path`)
  if (!isWeb(url)) return fail('bad-url', `${maskUrl(address)} is not http or https; only these are fetched`)
  const { username, password } = url
  if (url.hash !== '') url.hash = ''
  if (username === '' && password === '') {
    return { kind: 'hop', hop: { url, authorization: null, movedTo: null, permanent: true, userInfo: '' } }
  }
  url.username = ''
  url.password = ''
  const basic = Buffer.from(`${safeDecode(username)}:${safeDecode(password)}`).toString('base64')
  const hop = {
    url,
    authorization: `Basic ${basic}`,
    movedTo: null,
    permanent: true,
    userInfo: `${username}:${password}`,
  }
  return { kind: 'hop', hop }
}

/** Where a redirect leads. User and password stay behind when the host changes or the way is no longer encrypted. */
export function nextHop(from: Hop, status: number, header: string): HopOrFailure {
  const location = asUtf8(header)
  if (!URL.canParse(location, from.url)) {
    return fail(
      'redirects',
      `${maskUrl(from.url.href)} redirects to "${maskUrl(location)}", which is no address`,
    )
  }
  const url = new URL(location, from.url)
  if (!isWeb(url)) {
    return fail(
      'redirects',
      `${maskUrl(from.url.href)} redirects to ${maskUrl(url.href)}, which is neither http nor https`,
    )
  }
  // User and password that a server hands out in a redirect are none of ours: dropped.
  url.username = ''
  url.password = ''
  url.hash = ''
  const keeps = mayCarryCredentials(from.url, url)
  const permanent = from.permanent && (status === 301 || status === 308)
  const userInfo = keeps ? from.userInfo : ''
  const movedTo = permanent && url.href.length <= longestKept ? withUserInfo(url, userInfo) : null
  return {
    kind: 'hop',
    hop: { url, authorization: keeps ? from.authorization : null, movedTo, permanent, userInfo },
  }
}

/** Servers that write an address in letters of its own into a header do so in UTF-8, which HTTP knows nothing of: RFC 9110, 5.5. */
function asUtf8(header: string): string {
  if (/[\u0100-\uffff]/.test(header)) return header
  const bytes = Buffer.from(header, 'latin1')
  return isUtf8(bytes) ? bytes.toString('utf8') : header
}

function withUserInfo(url: URL, userInfo: string): string {
  const full = new URL(url)
  const [username = '', password = ''] = userInfo.split(':')
  full.username = username
  full.password = password
  return full.href
}

function mayCarryCredentials(from: URL, to: URL): boolean {
  if (from.origin === to.origin) return true
  return (
    from.hostname === to.hostname &&
    from.protocol === 'http:' &&
    to.protocol === 'https:' &&
    from.port === '' &&
    to.port === ''
  )
}

function isWeb(url: URL): boolean {
  return url.protocol === 'http:' || url.protocol === 'https:'
}
