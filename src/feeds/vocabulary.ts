/** What the repair step does with an element. */
type Role =
  | 'root'
  | 'channel'
  | 'item'
  | 'through'
  | 'skip'
  | 'rich'
  | 'plain'
  | 'date'
  | 'url'
  | 'id'
  | 'link'
  | 'person'

/** An element the parser reads: its role, and the one name it is handed on by. */
export interface Word {
  readonly role: Role
  readonly as: string
}

const names: Readonly<Record<Role, string>> = {
  root: 'rss rdf:rdf feed atom:feed',
  channel: 'channel',
  item: 'item entry atom:entry',
  through: 'media:group media:content',
  skip: 'image source atom:source textinput itunes:owner',
  rich:
    'title atom:title dc:title media:title itunes:title description dc:description summary atom:summary ' +
    'itunes:summary itunes:subtitle media:description dcterms:abstract abstract content:encoded content atom:content ' +
    'body xhtml:body xhtml:div fullitem',
  plain: 'ttl sy:updateperiod sy:updatefrequency',
  date: 'pubdate published issued dc:date dcterms:issued dcterms:created created updated modified dcterms:modified',
  url: 'comments feedburner:origlink',
  id: 'guid id atom:id dc:identifier',
  link: 'link atom:link',
  person: 'author atom:author dc:creator dc:author itunes:author dc:contributor',
}

/** In RSS these stand beside an element of RSS's own, and the two must not be taken for one. */
const twins = new Set(['atom:link', 'atom:title', 'atom:summary', 'atom:content', 'atom:author', 'atom:id'])

const words = new Map<string, Word>()
for (const [role, list] of Object.entries(names) as [Role, string][]) {
  for (const name of list.split(' ')) words.set(name, { role, as: name })
}

/** What is known about an element by its family and its name in lower case; undefined for all the rest. */
export function wordFor(family: string, local: string, atom: boolean): Word | undefined {
  if (family === 'atom' && atom) return words.get(local)
  if (family === '') return words.get(local)
  const name = `${family}:${local}`
  return words.get(name) ?? (family === 'atom' && !twins.has(name) ? words.get(local) : undefined)
}
