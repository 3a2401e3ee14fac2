import { tokenize } from '../../matching/text.ts'
import { itemLimits } from './item-limits.ts'
import { quoted, text } from './values.ts'

/** Words of grammar: nearly every entry holds one, so that they name nothing. Those that are names too (WHO, US) are left out. */
const grammar = new Set(
  (
    'a an the and or but nor if of in on at to for by with from into onto over under about as than then ' +
    'is are was were be been being am do does did has have had it its this that these those not no so'
  ).split(' '),
)

/** A text that holds a word by which an entry can be met. */
export const alias = () =>
  text(itemLimits.word).superRefine((value, ctx) => {
    if (tokenize(value).tokens.length > 0) return
    ctx.addIssue({
      code: 'custom',
      message: `${quoted(value)} holds no word, so no entry can be met by it`,
      params: { fix: 'write a word or name as the news does, such as "open-weight model"' },
    })
  })

/** An alias that names something: not words of grammar alone, unless they are written as a short form ("IT"). */
export const subjectAlias = () =>
  alias().superRefine((value, ctx) => {
    const words = tokenize(value).tokens.map(({ start, end }) => value.slice(start, end))
    const isShortForm = words.some((word) => word.length > 1 && word === word.toUpperCase())
    if (words.length === 0 || isShortForm || words.some((word) => !grammar.has(word.toLowerCase()))) return
    ctx.addIssue({
      code: 'custom',
      message: `${quoted(value)} is in nearly every entry, so it names no subject`,
      params: { fix: 'write the name of what is asked about, such as "open-weight model", or remove it' },
    })
  })
