import type { Element } from 'domhandler'
import { isTag, Text } from 'domhandler'
import { parseDocument } from 'htmlparser2'

type Rules = Readonly<Record<string, readonly [number, number]>>
const many = [0, Infinity] as const

/** How often an element may stand in its parent (RFC 4287, 4.1.1 and 4.1.2). */
const feedRules: Rules = {
  ...{ author: many, category: many, contributor: many, link: many, entry: many },
  ...{ generator: [0, 1], icon: [0, 1], logo: [0, 1], rights: [0, 1], subtitle: [0, 1] },
  ...{ id: [1, 1], title: [1, 1], updated: [1, 1] },
}
const entryRules: Rules = {
  ...{ author: many, category: many, contributor: many, link: many },
  ...{ content: [0, 1], published: [0, 1], rights: [0, 1], source: [0, 1], summary: [0, 1] },
  ...{ id: [1, 1], title: [1, 1], updated: [1, 1] },
}

/** All that a text breaks of what RFC 4287 says an Atom feed MUST be, as far as our feeds use it. */
export function atomProblems(xml: string): string[] {
  const problems: string[] = []
  if (!xml.startsWith('<?xml version="1.0" encoding="utf-8"?>\n')) problems.push('no XML declaration')
  // XML 1.0, 2.2: all other control characters, halves of pairs, U+FFFE and U+FFFF are no characters at all.
  // eslint-disable-next-line no-control-regex -- these are the characters to look for
  if (!xml.isWellFormed() || /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(xml))
    problems.push('a character that XML cannot hold')
  if (/&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);)/i.test(xml)) problems.push('a bare or unknown entity')
  const roots = parseDocument(xml, { xmlMode: true }).children.filter(isTag)
  const [feed] = roots
  if (feed?.name !== 'feed' || roots.length !== 1) return [...problems, 'not one feed at the root']
  if (feed.attribs['xmlns'] !== 'http://www.w3.org/2005/Atom') problems.push('another namespace')
  problems.push(...counted(feed, feedRules))
  const entries = elements(feed, 'entry')
  const hasAuthor = elements(feed, 'author').length > 0
  if (!hasAuthor && entries.some((entry) => elements(entry, 'author').length === 0))
    problems.push('nobody is the author of an entry')
  for (const element of [feed, ...entries]) problems.push(...common(element))
  for (const entry of entries) {
    problems.push(...counted(entry, entryRules))
    const isLinked = elements(entry, 'link').some(
      ({ attribs }) => (attribs['rel'] ?? 'alternate') === 'alternate',
    )
    if (elements(entry, 'content').length === 0 && !isLinked)
      problems.push('an entry has neither content nor an alternate link')
  }
  const ids = entries.map((entry) => textOf(elements(entry, 'id')[0]))
  if (new Set(ids).size !== ids.length) problems.push('two entries with one id')
  return problems
}

/** The number of the children of each name, and that no other stands there. */
function counted(parent: Element, rules: Rules): string[] {
  const problems: string[] = []
  for (const [name, [least, most]] of Object.entries(rules)) {
    const count = elements(parent, name).length
    if (count < least || count > most) problems.push(`${parent.name} has ${count} ${name}`)
  }
  for (const child of parent.children) {
    if (isTag(child) && !(child.name in rules)) problems.push(`${child.name} in ${parent.name}`)
    if (child instanceof Text && child.data.trim() !== '') problems.push(`text in ${parent.name}`)
  }
  return problems
}

/** What feeds and entries have in common: ids, dates, persons, links, categories, text constructs. */
function common(parent: Element): string[] {
  const problems: string[] = []
  const [id] = elements(parent, 'id')
  if (!/^[a-z][a-z0-9+.-]*:\S+$/i.test(textOf(id))) problems.push(`${textOf(id)} is no IRI`)
  for (const date of [...elements(parent, 'updated'), ...elements(parent, 'published')]) {
    // RFC 3339, with capital T and Z.
    const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/
    if (!form.test(textOf(date)) || Number.isNaN(Date.parse(textOf(date))))
      problems.push(`no date: ${textOf(date)}`)
  }
  for (const person of elements(parent, 'author'))
    if (elements(person, 'name').length !== 1 || textOf(elements(person, 'name')[0]) === '')
      problems.push('a person has no name')
  for (const { attribs } of elements(parent, 'category'))
    if ((attribs['term'] ?? '') === '') problems.push('a category has no term')
  for (const name of ['title', 'subtitle', 'summary', 'rights', 'content'])
    for (const text of elements(parent, name)) {
      if (!['text', 'html'].includes(text.attribs['type'] ?? 'text'))
        problems.push(`an unknown type of ${name}`)
      if (text.children.some(isTag)) problems.push(`an element in ${name}`)
      if (name === 'title' && textOf(text) === '') problems.push('an empty title')
    }
  return [...problems, ...linkProblems(parent)]
}

function linkProblems(parent: Element): string[] {
  const links = elements(parent, 'link')
  const problems = links
    .filter(({ attribs }) => !URL.canParse(attribs['href'] ?? ''))
    .map(() => 'a link to nowhere')
  const alternates = links.filter(({ attribs }) => (attribs['rel'] ?? 'alternate') === 'alternate')
  const kinds = alternates.map(({ attribs }) => `${attribs['type'] ?? ''} ${attribs['hreflang'] ?? ''}`)
  return new Set(kinds).size === kinds.length ? problems : [...problems, 'two alternate links of one type']
}

function elements(parent: Element, name: string): Element[] {
  return parent.children.filter(isTag).filter((child) => child.name === name)
}

function textOf(element: Element | undefined): string {
  return element?.children.map((child) => (child instanceof Text ? child.data : '')).join('') ?? ''
}
