import { selectAll } from 'css-select'
import type { AnyNode, Element } from 'domhandler'
import { parseDocument } from 'htmlparser2'

/** The feeds that a page names, as readers look for them. */
export function alternateLinks(html: string): readonly { readonly type: string; readonly href: string }[] {
  const found = selectAll<AnyNode, Element>('head > link[rel=alternate][type]', parseDocument(html))
  return found.map(({ attribs }) => ({ type: attribs['type'] ?? '', href: attribs['href'] ?? '' }))
}
