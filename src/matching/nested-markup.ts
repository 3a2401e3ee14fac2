import { decode } from 'html-entities'

/** What an element is to a text: a paragraph, a part of one, or a break without content. */
type Kind = keyof typeof names

const names = {
  block: 'div ul ol blockquote section article aside header footer main nav figure figcaption pre table',
  // ended by the beginning of any block
  paragraph: 'p h1 h2 h3 h4 h5 h6',
  item: 'li',
  group: 'thead tbody',
  row: 'tr',
  cell: 'td th',
  inline:
    'b i u s em strong span code small big sub sup q cite abbr time mark del ins font tt kbd picture video',
  link: 'a',
  rule: 'hr',
  break: 'br',
  empty: 'img wbr source',
}

const kinds = new Map<string, Kind>()
for (const [kind, list] of Object.entries(names) as [Kind, string][]) {
  for (const name of list.split(' ')) kinds.set(name, kind)
}

/** The longest name of what has no content, and its slash; in characters. */
const longestEmpty = 7
const attributes = /(?:[ \t\n\r\f]+[a-z][\w:-]*(?:="[^"]*"|='[^']*')?)*[ \t\n\r\f]*\/?>/iy
const ampersand = /&(?:#(\d{2,5});|#(x[\da-f]{2,4});|([a-z][a-z\d]{1,30};))?/iy
const oddSpace = /[\t\n\r\f]/
/** What is not taken over as it is: few pieces of text have any of it. */
const special = /[&\t\n\r\f]/

/** Nearly all entities that are used: they need not be looked up among the two thousand that there are. */
const usual = new Map(
  (
    "amp=& #38=& #038=& lt=< gt=> quot=\" #39=' #039=' #x27=' nbsp=\u00a0 #160=\u00a0 rsquo=’ #8217=’ lsquo=‘ #8216=‘ " +
    'rdquo=” #8221=” ldquo=“ #8220=“ ndash=– #8211=– mdash=— #8212=— hellip=… #8230=…'
  )
    .split(' ')
    .map((pair) => pair.split('=') as [string, string]),
)
/** The longest of their names, in characters. */
const longestUsual = 6
/** What makes an entity of an ampersand, with or without a semicolon. */
const entityStart = /[a-z\d#]/i

/**
 * The text of markup of the everyday elements, nested as they should be: `\n` where a paragraph begins or ends, entities
 * decoded, as htmlparser2 would have it, in a third of the time. Null at anything that is not so plain.
 */
export const nestedText = (html: string): string | null => new NestedReader(html).read()

class NestedReader {
  private readonly html: string
  /** Elements that are open, as their tags have it. */
  private readonly open: string[] = []
  private readonly kinds: Kind[] = []
  private text = ''
  private at = 0
  /** Where the last break is. */
  private lineEnd = 0

  constructor(html: string) {
    this.html = html
  }

  read(): string | null {
    const { html } = this
    for (;;) {
      const found = html.indexOf('<', this.at)
      const end = found < 0 ? html.length : found
      if (end > this.at && !this.put(html.slice(this.at, end))) return null
      if (found < 0) return this.text
      this.at = end + 1
      const next = html.charAt(this.at)
      if (!(next === '/' ? this.closeTag() : next === '!' ? this.comment() : this.openTag())) return null
    }
  }

  private put(written: string): boolean {
    if (!special.test(written)) {
      this.text += written
      return true
    }
    const text = decoded(written)
    if (text === null) return false
    this.text += oddSpace.test(text) ? text.replaceAll(/[\t\n\r\f ]+/g, ' ') : text
    return true
  }

  /** One break is as good as many, and none is needed before everything. */
  private breakLine(): void {
    if (this.lineEnd === this.text.length) return
    this.text += '\n'
    this.lineEnd = this.text.length
  }

  private comment(): boolean {
    const { html, at } = this
    if (!html.startsWith('!--', at) || html.charAt(at + 3) === '-' || html.charAt(at + 3) === '>')
      return false
    // two hyphens within it end it for some
    const end = html.indexOf('--', at + 3)
    this.at = end + 3
    return end >= 0 && html.charAt(end + 2) === '>'
  }

  private closeTag(): boolean {
    const { html, open } = this
    const top = open.at(-1)
    const end = this.at + 1 + (top?.length ?? 0)
    if (top === undefined || !html.startsWith(top, this.at + 1) || html.charAt(end) !== '>')
      return this.closeEmpty()
    this.at = end + 1
    open.pop()
    if (isBlock(this.kinds.pop())) this.breakLine()
    return true
  }

  /** XHTML may have end tags for what has no content. */
  private closeEmpty(): boolean {
    const end = this.html.indexOf('>', this.at)
    const kind = end - this.at > longestEmpty ? undefined : kinds.get(this.html.slice(this.at + 1, end))
    if (kind !== 'break' && kind !== 'rule' && kind !== 'empty') return false
    if (kind === 'break') this.breakLine()
    this.at = end + 1
    return true
  }

  private openTag(): boolean {
    const { html, at } = this
    let end = at
    while (isNamePart(html.charCodeAt(end), end > at)) end++
    const tag = html.slice(at, end)
    const kind = kinds.get(tag) ?? kinds.get(tag.toLowerCase())
    if (kind === undefined || endsOther(kind, this.kinds.at(-1)) || !this.skipAttributes(end)) return false
    if (kind === 'break' || kind === 'rule') this.breakLine()
    else if (kind !== 'empty') this.enter(tag, kind)
    return true
  }

  /** To the end of the tag whose name ended here. */
  private skipAttributes(end: number): boolean {
    if (this.html.charAt(end) === '>') {
      this.at = end + 1
      return true
    }
    attributes.lastIndex = end
    const isPlain = attributes.test(this.html)
    this.at = attributes.lastIndex
    return isPlain
  }

  private enter(tag: string, kind: Kind): void {
    if (isBlock(kind)) this.breakLine()
    if (this.html.charAt(this.at - 2) === '/') return
    this.open.push(tag)
    this.kinds.push(kind)
  }
}

/** A letter, or a digit that is not the first. */
const isNamePart = (code: number, further: boolean): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (further && code >= 48 && code <= 57)

const unbroken: ReadonlySet<Kind | undefined> = new Set([
  undefined,
  'inline',
  'link',
  'rule',
  'break',
  'empty',
])

const isBlock = (kind: Kind | undefined): boolean => !unbroken.has(kind)

/** True where an element may end the one that it stands in, as a paragraph does another. */
const endsOther = (kind: Kind, outer: Kind | undefined): boolean => {
  switch (kind) {
    case 'inline':
    case 'break':
    case 'empty':
      return false
    case 'link':
      return outer === 'link'
    case 'item':
      return outer === 'item' || outer === 'paragraph'
    case 'group':
      return outer !== 'block'
    case 'row':
      return outer !== 'group' && outer !== 'block'
    case 'cell':
      return outer !== 'row'
    case 'block':
    case 'paragraph':
    case 'rule':
      return outer === 'paragraph'
  }
}

/** Text with its entities decoded; null when one has no semicolon, or a number that stands for another. */
const decoded = (written: string): string | null => {
  let text = ''
  let from = 0
  for (let at = written.indexOf('&'); at >= 0; at = written.indexOf('&', from)) {
    const end = written.indexOf(';', at)
    const known = end > at && end - at <= longestUsual + 1 ? usual.get(written.slice(at + 1, end)) : undefined
    const value = known ?? unusual(written, at)
    if (value === null) return null
    text += written.slice(from, at) + value
    from = known === undefined ? Math.max(ampersand.lastIndex, at + 1) : end + 1
  }
  return text + written.slice(from)
}

/** The value of an entity, or of an ampersand that begins none; where it ends is where `ampersand` stands then. */
const unusual = (written: string, at: number): string | null => {
  ampersand.lastIndex = at
  return valueOf(ampersand.exec(written), written.charAt(at + 1))
}

const valueOf = (match: RegExpExecArray | null, next: string): string | null => {
  const [whole = '', decimal, hex, named] = match ?? []
  if (decimal !== undefined) return character(Number(decimal))
  if (hex !== undefined) return character(Number(`0${hex}`))
  if (named === undefined) return entityStart.test(next) ? null : '&'
  const value = decode(whole, { level: 'html5', scope: 'strict' })
  return value === whole ? null : value
}

/** The character of a number; null where it is none to be taken as it is. */
const character = (code: number): string | null =>
  code >= 32 && code < 0xd800 && (code < 127 || code > 159) ? String.fromCharCode(code) : null
