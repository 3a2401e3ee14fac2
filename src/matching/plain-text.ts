import { decode } from 'html-entities'
import { markupText } from './markup-text.ts'
import { nestedText } from './nested-markup.ts'

/**
 * The text of an HTML fragment: markup stripped, entities decoded, white space collapsed, paragraphs parted by one line
 * feed. Text without markup comes through as it is. Never throws, whatever the markup.
 */
export const toPlainText = (html: string): string => {
  if (!/[<&]/.test(html)) return collapse(html)
  return collapse(decodeTwice(nestedText(html) ?? markupText(html)))
}

/** Feeds escape twice ("&amp;amp;", "&amp;#8217;"): what still reads as an entity with its semicolon is decoded once more. */
const decodeTwice = (text: string): string =>
  text.includes('&')
    ? text.replaceAll(/&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z][A-Za-z\d]{1,30});/g, (entity) =>
        decode(entity),
      )
    : text

/** White space that is not as it should be: most text has none, and looking is cheaper than replacing. */
const untidy = /[^\S\n ]|[ \n]{2}/

const collapse = (text: string): string => {
  const whole = text.includes('\0') ? text.replaceAll('\0', '') : text
  if (!untidy.test(whole)) return whole.trim()
  const spaced = whole.replaceAll(/[^\S\n]+/g, ' ')
  return spaced.replaceAll(/ ?\n[ \n]*/g, '\n').trim()
}
