import { Parser } from 'htmlparser2'

/** Elements whose end is the end of a paragraph. */
const blocks = new Set(
  (
    'address article aside blockquote br dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main ' +
    'nav ol p pre section table tbody td th thead tr ul'
  ).split(' '),
)

/** White space that is not a single space: nearly all text has none, and looking is cheaper than replacing. */
const oddSpace = /[\t\n\r\f]| {2}/

/** Elements whose content is not for reading. */
const silent = new Set([
  'script',
  'style',
  'template',
  'noscript',
  'iframe',
  'object',
  'svg',
  'math',
  'head',
  'select',
])

/** The text of any markup: `\n` where a paragraph begins or ends, entities decoded, other white space as single spaces. */
export const markupText = (html: string): string => {
  const parts: string[] = []
  let depth = 0
  const parser = new Parser(
    {
      onopentagname: (name) => {
        if (silent.has(name)) depth += 1
        else if (blocks.has(name)) parts.push('\n')
      },
      ontext: (text) => {
        if (depth === 0) parts.push(oddSpace.test(text) ? text.replaceAll(/[\t\n\r\f ]+/g, ' ') : text)
      },
      onclosetag: (name) => {
        if (silent.has(name)) depth = Math.max(0, depth - 1)
        else if (blocks.has(name)) parts.push('\n')
      },
    },
    { decodeEntities: true, lowerCaseTags: true, recognizeSelfClosing: true },
  )
  parser.write(html)
  parser.end()
  return parts.join('')
}
