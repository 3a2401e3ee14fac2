import type { Problem } from '../config/problem.ts'
import { readWords } from '../config/read-words.ts'
import { feedSchema, type FeedConfig } from '../config/schema/feed.ts'
import type { FeedLink } from '../feeds/discover.ts'
import type { ParsedFeed } from '../feeds/parse.ts'
import { howToWrite } from '../feeds/shorthand-forms.ts'
import { addressFor, pageAddress } from '../feeds/shorthand.ts'
import { setSelector } from '../store/feed-selector.ts'
import { putFeed, type StoredFeed } from '../store/feeds.ts'
import { polledFeed, type FeedDesk } from './feed-desk.ts'
import { knownText } from './known-feed.ts'
import { looking, lookUp, see, type Looking } from './look-up.ts'

/** What a person wants to have polled, in their words. */
export interface FeedWish {
  /** An address of a feed or of a page that has one, or a shorthand such as `github:owner/name`. */
  readonly what: string
  readonly title?: string | undefined
  readonly outlet?: string | undefined
  readonly topic?: string | undefined
  /** A fixed interval, such as `15m`. */
  readonly every?: string | undefined
  /** CSS, for a page without a feed. */
  readonly selector?: string | undefined
  /** Add it without a look at it. */
  readonly unseen?: boolean | undefined
  /** Of several feeds on a page the first or all; when left out they are told, to be chosen from. */
  readonly choose?: 'first' | 'all' | undefined
}

/** A feed that is polled from now on; `feed` is null where nobody has looked at it. */
export interface AddedFeed {
  readonly id: number
  readonly url: string
  readonly feed: ParsedFeed | null
}

/** A feed of a page that was not added: it is there already (`reason` says how), or could not be read. */
export type LeftFeed =
  | { readonly kind: 'known'; readonly url: string; readonly feed: StoredFeed; readonly reason: string }
  | { readonly kind: 'no-feed' | 'unreachable'; readonly url: string; readonly reason: string }

/** What became of a wish. */
export type AddFeedOutcome =
  /** `left`: those of a page that were not added. Where all were asked for, none may have been added. */
  | { readonly kind: 'added'; readonly added: readonly AddedFeed[]; readonly left: readonly LeftFeed[] }
  /** A page has several: they are to be chosen from. */
  | { readonly kind: 'choose'; readonly url: string; readonly links: readonly FeedLink[] }
  | { readonly kind: 'known'; readonly feed: StoredFeed }
  | { readonly kind: 'no-feed' | 'unreachable'; readonly url: string; readonly reason: string }
  /** Something in the wish cannot be read; paths are `url` (what was pasted) and the other fields' names. */
  | { readonly kind: 'mistakes'; readonly problems: readonly Problem[] }

/** Finds the feed behind what a person pasted, looks at it, and has it polled. */
export async function addFeed(wish: FeedWish, desk: FeedDesk): Promise<AddFeedOutcome> {
  const { what, title, outlet, topic, every, selector } = wish
  const by = looking(desk)
  // who names what on a page the entries are means the page, not the feed that there may be for it
  const url = selector === undefined ? addressFor(what, by.services) : pageAddress(what)
  const read = readWords(feedSchema, { url, title, outlet, topic, every, selector })
  if (!read.ok) return { kind: 'mistakes', problems: read.problems.map((one) => toldOf(one, wish)) }
  const written = read.value
  const known = await polledFeed(desk, written.url)
  if (known !== null) return { kind: 'known', feed: known }
  if (wish.unseen === true) return added(await put(desk, written, null))
  if (written.selector === undefined) return addFound(wish, written, desk, by)
  const seen = await see({ url: written.url, selector: written.selector }, by)
  if (seen.kind !== 'feed') return { ...seen, url: written.url }
  return added(await put(desk, written, seen.feed))
}

function toldOf(problem: Problem, { what, selector }: FeedWish): Problem {
  return problem.path === 'url' && selector === undefined ? { ...problem, fix: howToWrite(what) } : problem
}

async function addFound(
  { what, choose }: FeedWish,
  written: FeedConfig,
  desk: FeedDesk,
  by: Looking,
): Promise<AddFeedOutcome> {
  const found = await lookUp(what, by)
  if (found.kind === 'links') {
    if (choose === undefined) return { ...found, kind: 'choose' }
    return addLinks(choose === 'all' ? found.links : found.links.slice(0, 1), written, desk, by)
  }
  if (found.kind !== 'feed') return found
  const known = await polledFeed(desk, found.url)
  if (known !== null) return { kind: 'known', feed: known }
  return added(await put(desk, { ...written, url: found.url }, found.feed))
}

async function addLinks(
  links: readonly FeedLink[],
  written: FeedConfig,
  desk: FeedDesk,
  by: Looking,
): Promise<AddFeedOutcome> {
  const done: AddedFeed[] = []
  const left: LeftFeed[] = []
  for (const { url } of links) {
    const known = await polledFeed(desk, url)
    if (known !== null) {
      left.push({ kind: 'known', url, feed: known, reason: knownText(known) })
      continue
    }
    const seen = await see({ url, selector: null }, by)
    if (seen.kind === 'feed') done.push(await put(desk, { ...written, url }, seen.feed))
    else left.push({ ...seen, url })
  }
  return { kind: 'added', added: done, left }
}

function added(one: AddedFeed): AddFeedOutcome {
  return { kind: 'added', added: [one], left: [] }
}

async function put(
  { db, clock }: FeedDesk,
  written: FeedConfig,
  seen: ParsedFeed | null,
): Promise<AddedFeed> {
  const { url, title, page, outlet, topic, every, selector } = written
  const feed = {
    url,
    title: title ?? seen?.title ?? null,
    homeUrl: page ?? seen?.homeUrl ?? null,
    outlet: outlet ?? null,
    topic: topic ?? null,
    everyMs: every ?? null,
  }
  const id = await db.transaction(async (tx) => {
    const stored = await putFeed(tx, feed, { origin: 'user', now: clock.now() })
    await setSelector(tx, stored, selector ?? null, clock.now())
    return stored
  })
  return { id, url, feed: seen }
}
