import { Parser } from 'htmlparser2'
import { Lexer, type Token } from 'marked'

/** What a reader of a markup sees: the words, the tags or kinds of markup used, and where the links lead. */
export interface Seen {
  readonly text: string
  readonly marks: ReadonlySet<string>
  readonly links: readonly string[]
}

/** Reads CommonMark with the extensions of GitHub, which also makes links of bare addresses. */
export function readMarkdown(markdown: string): Seen {
  const marks = new Set<string>()
  const links: string[] = []
  const walk = (tokens: readonly Token[]): string =>
    tokens
      .map((token) => {
        marks.add(token.type)
        if (token.type === 'link') links.push(decode(token.href as string))
        const inner =
          'tokens' in token ? token.tokens : token.type === 'list' ? (token.items as Token[]) : undefined
        if (inner !== undefined) return walk(inner)
        return token.type === 'br' || token.type === 'space'
          ? '\n'
          : decode((token as { text?: string }).text ?? '')
      })
      .join('')
  return { text: walk(new Lexer({ gfm: true }).lex(markdown)), marks, links }
}

/** Reads HTML strictly: a tag that is not closed where it should be, or an entity that is unknown, is a mistake. */
export function readHtml(html: string, entities = /^&(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);/i): Seen {
  const marks = new Set<string>()
  const links: string[] = []
  const open: string[] = []
  let text = ''
  const parser = new Parser({
    onopentag: (name, attributes) => {
      marks.add([name, ...Object.keys(attributes)].join(' '))
      if (attributes['href'] !== undefined) links.push(attributes['href'])
      open.push(name)
    },
    onclosetag: (name, implied) => {
      const last = open.pop()
      if (last !== name || (implied && !empty.has(name))) throw new Error(`<${name}> is not closed well`)
    },
    ontext: (part) => (text += part),
    oncomment: () => marks.add('comment'),
  })
  parser.end(html)
  for (const { index } of html.matchAll(/&/g)) {
    if (!entities.test(html.slice(index)))
      throw new Error(`a bare & at ${index}: ${html.slice(index, index + 20)}`)
  }
  return { text, marks, links }
}

const empty = new Set(['br', 'meta', 'link', 'img', 'hr'])

/** Reads Slack's mrkdwn as its documentation has it: `<address|words>`, and three entities. */
export function readSlack(mrkdwn: string): Seen {
  const links: string[] = []
  const marks = new Set<string>()
  const rest = mrkdwn.replace(/<([^<>]*)>/g, (_, inside: string) => {
    const [address = '', ...words] = inside.split('|')
    if (!/^https?:/.test(address)) marks.add(`<${address}>`)
    links.push(address.replaceAll('&amp;', '&'))
    return words.join('|')
  })
  if (/[<>]/.test(rest.replace(/^> /gm, ''))) marks.add('angle')
  if (/&(?!amp;|lt;|gt;)/.test(rest)) marks.add('entity')
  const text = rest.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
  return { text, marks, links }
}

function decode(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
}
