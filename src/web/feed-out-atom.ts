import { encode } from 'html-entities'
import type { ChangeEntry, ChangeFeed } from '../report/change-feed.ts'
import type { FeedAddresses } from './feed-out-addresses.ts'
import { entryHtml, entryTitle } from './feed-out-content.ts'

/** The changes as an Atom feed (RFC 4287). */
export function renderAtom(feed: ChangeFeed, addresses: FeedAddresses): string {
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
    element('id', addresses.feedId),
    element('title', feed.title),
    element('updated', feed.updated.toISOString()),
    '<author><name>openwatch</name></author>',
    element('generator', 'openwatch'),
    link('self', addresses.self, 'application/atom+xml'),
    link('alternate', addresses.home, 'text/html'),
    ...feed.entries.flatMap((entry) => entryLines(entry, addresses)),
    '</feed>',
    '',
  ].join('\n')
}

function entryLines(entry: ChangeEntry, addresses: FeedAddresses): readonly string[] {
  // Where it was said; the page of the question is the entry itself.
  const said = new Set(entry.quotes.flatMap(({ url }) => url ?? []))
  return [
    '<entry>',
    element('id', addresses.entryId(entry)),
    element('title', entryTitle(entry)),
    element('updated', entry.updated.toISOString()),
    element('published', entry.at.toISOString()),
    link('alternate', addresses.page(entry), 'text/html'),
    ...[...said].map((url) => link('related', url)),
    ...[entry.topic, entry.to, entry.kind].filter((term) => term !== '').map(category),
    `<content type="html">${escaped(entryHtml(entry))}</content>`,
    '</entry>',
  ]
}

function element(name: string, text: string): string {
  return `<${name}>${escaped(text)}</${name}>`
}

function link(rel: string, href: string, type?: string): string {
  return `<link rel="${rel}"${type === undefined ? '' : ` type="${type}"`} href="${escaped(href)}"/>`
}

function category(term: string): string {
  return `<category term="${escaped(term)}"/>`
}

/** What XML cannot hold at all, even escaped (XML 1.0, 2.2): halves of characters and two that are none. */
function escaped(text: string): string {
  return encode(text.toWellFormed().replace(/[\ufffe\uffff]/g, ''), { level: 'xml' })
}
