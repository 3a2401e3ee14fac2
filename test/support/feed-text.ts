/** An entry of a feed made for a test. */
export interface TestEntry {
  readonly id: string
  readonly title: string
  readonly link?: string
  readonly text?: string
  readonly at?: Date
}

/** An RSS 2.0 document with the given entries. */
export function rss(entries: readonly TestEntry[], title = 'Test feed'): string {
  const items = entries.map(
    ({ id, title: name, link, text, at }) =>
      `<item><guid isPermaLink="false">${escaped(id)}</guid><title>${escaped(name)}</title>` +
      `<link>${escaped(link ?? `https://example.org/${encodeURIComponent(id)}`)}</link>` +
      (text === undefined ? '' : `<description>${escaped(text)}</description>`) +
      (at === undefined ? '' : `<pubDate>${at.toUTCString()}</pubDate>`) +
      '</item>',
  )
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>${escaped(title)}</title>${items.join('')}</channel></rss>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
