import type { CacheHint } from './http-headers.ts'
import type { Link } from './link-header.ts'

/** What a server gave to recognise a version of a feed by; sent back verbatim. */
export interface Validators {
  readonly etag: string | null
  readonly lastModified: string | null
}

/** Why a fetch failed, for programs; `reason` beside it is for people. */
export type FailureCode =
  | 'bad-url'
  | 'dns'
  | 'connect'
  | 'timeout'
  | 'tls'
  | 'too-large'
  | 'forbidden-address'
  | 'redirects'
  | 'broken-answer'
  | 'aborted'

interface Answered {
  /** The address that answered in the end, without user and password. */
  readonly url: string
  /** Where the feed has moved for good: set when only permanent redirects (301, 308) led to `url`. */
  readonly movedTo: string | null
  /** Bytes of body that came over the wire, before unpacking. */
  readonly bytes: number
  readonly cache: CacheHint
  /** What the answer's `Link` headers say. */
  readonly links?: readonly Link[]
}

/** 304: nothing new. The validators are those to send next time. */
type Unchanged = { readonly kind: 'unchanged' } & Validators & Answered

/** 2xx with a body, unpacked, not yet decoded to text. */
type Fetched = {
  readonly kind: 'fetched'
  readonly body: Uint8Array
  readonly contentType: string | null
  /** What relative links are relative to: `Content-Location` when it is given, else `url`. */
  readonly base: string
} & Validators &
  Answered

/** The server answered, but not with a feed: a status of 4xx or 5xx, or one that makes no sense here. */
export interface Refused {
  readonly kind: 'refused'
  readonly status: number
  /** Who said so, as `hostOf` names hosts: after redirects it may be another than was asked; absent: the one asked. */
  readonly host?: string
  readonly retryAfterMs: number | null
  readonly reason: string
}

/** No usable answer came. */
export interface Failed {
  readonly kind: 'failed'
  readonly code: FailureCode
  readonly reason: string
}

/** What became of one fetch. `gone` is 410: the publisher says the feed is over. */
export type FetchOutcome = Unchanged | Fetched | { readonly kind: 'gone' } | Refused | Failed
