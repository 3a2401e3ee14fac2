import { compile, selectAll } from 'css-select'
import type { AnyNode, Document, Element } from 'domhandler'
import { DomHandler, Parser } from 'htmlparser2'
import { assembleEntry } from './assemble-entry.ts'
import { parseDate } from './dates.ts'
import { FeedFormatError } from './feed-format-error.ts'
import { insideOf, isElement, lineOf, textOf } from './page-text.ts'
import { tellApart } from './identity.ts'
import { baseOf, type ParseContext, type ParsedEntry, type ParsedFeed } from './parsed-feed.ts'
import { resolveUrl } from './resolve-url.ts'

/** More of a page is not read; in characters. */
const longestPage = 3_000_000
/** A selector that matches more than this means something else than entries. */
const mostEntries = 500

/** What a match says of itself. */
interface Found {
  readonly url: string | null
  readonly title: string
  readonly text: string
  readonly statedAt: Date | null
}

/** Reads the elements of a page that a CSS selector matches as entries. Throws FeedFormatError when it matches none. */
export function pageEntries(html: string, selector: string, context: ParseContext): ParsedFeed {
  const page = readHtml(html.slice(0, longestPage))
  const matches = select(selector, page).slice(0, mostEntries)
  if (matches.length === 0)
    throw new FeedFormatError(
      'not-a-feed',
      `nothing on the page matches the selector ${selector}; the page may have been rebuilt`,
    )
  const base =
    resolveUrl(
      first(page, ({ name, attribs }) => name === 'base' && 'href' in attribs)?.attribs['href'],
      baseOf(context),
    ) ?? baseOf(context)
  const shared = sharedBy(matches)
  const found = matches.map((match) => foundIn(match, base, shared))
  const told = tellApart(oncePerLink(found).map((one) => entryOf(one, context)))
  const heading = first(page, ({ name }) => name === 'title')
  return {
    format: 'page',
    title: heading === null ? null : lineOf(heading),
    homeUrl: context.url,
    hubs: [],
    selfUrl: null,
    ttlMinutes: null,
    updateMinutes: null,
    ...told,
  }
}

/** Browsers nest no deeper than 512 elements either; past it both parser and selectors become slow. */
const mostDepth = 512

class BoundedDom extends DomHandler {
  private depth = 0

  override onopentag(name: string, attributes: Record<string, string>): void {
    if (++this.depth > mostDepth)
      throw new FeedFormatError('too-deep', `the page nests more than ${mostDepth} elements in each other`)
    super.onopentag(name, attributes)
  }

  override onclosetag(): void {
    this.depth -= 1
    super.onclosetag()
  }
}

function readHtml(html: string): Document {
  const dom = new BoundedDom()
  new Parser(dom).end(html)
  return dom.root
}

function select(selector: string, page: Document): Element[] {
  try {
    return selectAll<AnyNode, Element>(compile<AnyNode, Element>(selector), page)
  } catch (error) {
    throw new FeedFormatError('not-a-feed', `the selector ${selector} cannot be used`, { cause: error })
  }
}

function first(within: Document | Element, is: (element: Element) => boolean): Element | null {
  for (const node of insideOf(within)) if (isElement(node) && is(node)) return node
  return null
}

/** The elements around more than one match: what stands in them belongs to none of the matches alone. */
function sharedBy(matches: readonly Element[]): ReadonlySet<AnyNode> {
  const seen = new Set<AnyNode>()
  const shared = new Set<AnyNode>()
  for (const match of matches)
    for (let around: AnyNode | null = match.parent; around !== null; around = around.parent) {
      // what is around a shared element is shared already
      if (shared.has(around)) break
      if (seen.has(around)) shared.add(around)
      seen.add(around)
    }
  return shared
}

function foundIn(match: Element, base: string | null, shared: ReadonlySet<AnyNode>): Found {
  const line = lineOf(match)
  const heading = first(match, ({ name }) => /^h[1-6]$/.test(name))
  return {
    url: linkOf(match, base),
    title: (heading === null ? '' : lineOf(heading)) || line || labelOf(match),
    text: textOf(match),
    statedAt: dateOf(match, shared),
  }
}

/** For a link that is a picture. */
function labelOf(match: Element): string {
  const picture = first(match, ({ name, attribs }) => name === 'img' && 'alt' in attribs)
  return (match.attribs['aria-label'] ?? match.attribs['title'] ?? picture?.attribs['alt'] ?? '').trim()
}

/** Its own link, the first inside, or the one that it stands in. */
function linkOf(match: Element, base: string | null): string | null {
  const href =
    match.attribs['href'] ??
    first(match, ({ name, attribs }) => name === 'a' && 'href' in attribs)?.attribs['href']
  if (href !== undefined) return resolveUrl(href, base)
  for (let around = match.parent; around !== null; around = around.parent)
    if ('attribs' in around && around.name === 'a') return resolveUrl(around.attribs['href'], base)
  return null
}

/** How far out of a match a date is looked for, in elements. */
const mostSteps = 5

/** The nearest `<time>`: in the match, or else beside it in what it shares with no other match. */
function dateOf(match: Element, shared: ReadonlySet<AnyNode>): Date | null {
  if (match.name === 'time') return timeOf(match)
  let around: AnyNode | null = match
  for (
    let step = 0;
    step < mostSteps && around !== null && isElement(around) && !shared.has(around);
    step++
  ) {
    const time = first(around, ({ name }) => name === 'time')
    if (time !== null) return timeOf(time)
    around = around.parent
  }
  return null
}

function timeOf(time: Element): Date | null {
  return parseDate(time.attribs['datetime'] ?? lineOf(time))
}

/** A picture, a headline and "read more" often lead to the same place: the first with words speaks for all. */
function oncePerLink(found: readonly Found[]): Found[] {
  const kept = new Map<string, Found>()
  for (const one of found) {
    if (one.title === '') continue
    const key = one.url ?? `text:${one.title}`
    const known = kept.get(key)
    if (known === undefined) kept.set(key, one)
    else if (known.text === '' && one.text !== '')
      kept.set(key, { ...one, statedAt: one.statedAt ?? known.statedAt })
  }
  return [...kept.values()]
}

function entryOf({ url, title, text, statedAt }: Found, context: ParseContext): ParsedEntry {
  const content = text === '' || text === title ? null : { text, markup: false, base: null }
  return assembleEntry(
    {
      ...{ guid: null, url, title, author: null, summary: null, content },
      ...{ statedAt, updatedAt: null, discussionUrl: null },
    },
    { now: context.now, home: context.url },
  )
}
