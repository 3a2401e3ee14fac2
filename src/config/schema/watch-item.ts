import { z } from 'zod'
import type { WatchItem } from '../../matching/watch-item.ts'
import { statuses } from '../../status/status.ts'
import { alias, subjectAlias } from './alias.ts'
import { itemLimits } from './item-limits.ts'
import { domain, instant, listOf, slug, text } from './values.ts'

/** A list of the words of an item. */
const words = <T extends z.ZodType>(word: T) =>
  listOf(word).superRefine((list, ctx) => {
    if (list.length <= itemLimits.words) return
    const fix = `write ${itemLimits.words} or fewer`
    ctx.addIssue({ code: 'custom', message: `these are ${list.length}`, params: { fix } })
  })

/** A watch item as a person writes it: everything but question and subject may be left out. */
export const watchItemSchema = z.strictObject({
  id: slug()
    .optional()
    .meta({ description: 'Its name; made from the question when left out', example: 'release-timing' }),
  question: text(itemLimits.question).meta({
    description: 'The question, in words for people',
    example: 'When will OpenAI release its open-weight model?',
  }),
  subject: words(subjectAlias())
    .refine((words) => words.length > 0, {
      error: 'the list is empty',
      params: { fix: 'name the subject, such as subject: [open-weight model]' },
    })
    .meta({
      description: 'Aliases of the subject: one must occur in an entry',
      example: '[open-weight model]',
    }),
  context: words(alias())
    .prefault([])
    .meta({ description: 'One of these must occur too; the outlet counts', example: '[OpenAI, Altman]' }),
  about: words(alias()).prefault([]).meta({
    description: 'And one of these, where the question is about one side of the subject',
    example: '[model card]',
  }),
  kind: slug().prefault('release').meta({ description: 'A vocabulary of config/kinds', example: 'release' }),
  topic: slug()
    .prefault('general')
    .meta({ description: 'The group it belongs to', example: 'openai-open-weights' }),
  official: words(domain())
    .prefault([])
    .meta({ description: 'Outlets whose own word settles the question', example: '[openai.com]' }),
  status: z
    .enum(statuses)
    .prefault('open')
    .meta({ description: 'Where it stood when the watch began', example: 'open' }),
  expected: text(itemLimits.expected)
    .nullable()
    .prefault(null)
    .meta({ description: 'The promised date when the watch began, in words', example: 'summer 2025' }),
  since: instant().optional().meta({
    description: 'When the watch begins; entries from before are not judged',
    example: '2025-03-01',
  }),
})

/** A file of watch items. */
export const watchFileSchema = z.strictObject({
  items: z
    .array(watchItemSchema)
    .prefault([])
    .meta({ description: 'The watch items', example: '[{ question: ..., subject: [...] }]' }),
})

/** Fills in what a watch item left out: its id from the question, its beginning from `since`. */
export function toWatchItem(written: z.output<typeof watchItemSchema>, since: Date): WatchItem {
  return { ...written, id: written.id ?? idFromQuestion(written.question), since: written.since ?? since }
}

/** An id made from a question: its first words as a slug of at most 48 letters. */
export function idFromQuestion(question: string): string {
  const words = question
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
  let id = ''
  for (const word of words) {
    if (id.length + word.length + 1 > 48) break
    id += id === '' ? word : `-${word}`
  }
  return id === '' ? (words[0] ?? 'question').slice(0, 48) : id
}
