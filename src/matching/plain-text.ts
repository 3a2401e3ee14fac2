import { decode } from 'html-entities'
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

/**
 * The text of an HTML fragment: markup stripped, entities decoded, white space collapsed, paragraphs parted by one line
 * feed. Text without markup comes through as it is. Never throws, whatever the markup.
 */
export const toPlainText = (html: string): string => {
  if (!/[<&]/.test(html)) return collapse(html)
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
  return collapse(decodeTwice(parts.join('')))
}

/** Feeds escape twice ("&amp;amp;", "&amp;#8217;"): what still reads as an entity with its semicolon is decoded once more. */
const decodeTwice = (text: string): string =>
  text.includes('&')
    ? text.replaceAll(/&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z][A-Za-z\d]{1,30});/g, (entity) =>
        decode(entity),
      )
    : text

const collapse = (text: string): string => {
  const whole = text.includes('\0') ? text.replaceAll('\0', '') : text
  const spaced = /[^\S\n ]| {2}/.test(whole) ? whole.replaceAll(/[^\S\n]+/g, ' ') : whole
  return (spaced.includes('\n') ? spaced.replaceAll(/ ?\n[ \n]*/g, '\n') : spaced).trim()
}
