import { z } from 'zod'
import { itemLimits } from '../../../config/schema/item-limits.ts'
import { certaintySchema, evidenceSchema, many, moment, statusSchema, windowSchema } from './common.ts'

const list = (description: string) =>
  z.array(z.string().max(itemLimits.word)).max(itemLimits.words).meta({ description })

/** What a person says of a question; how it is checked in full is told by the mistakes. */
const definition = {
  question: z.string().max(itemLimits.question).meta({ description: 'The question, in words for people' }),
  subject: list('Aliases of the subject: one must occur in an entry'),
  context: list('One of these must occur too; the outlet counts'),
  about: list('And one of these, where the question is about one side of the subject'),
  kind: z
    .string()
    .max(itemLimits.name)
    .meta({ description: 'A vocabulary of config/kinds: release, decision, measure, ...' }),
  topic: z.string().max(itemLimits.name).meta({ description: 'The group it belongs to' }),
  official: list('Outlets whose own word settles the question'),
  status: statusSchema.meta({ description: 'Where it stood when the watch began' }),
  expected: z
    .string()
    .max(itemLimits.expected)
    .nullable()
    .meta({ description: 'The promised date when the watch began, in words' }),
}

/** A question to put under watch. */
export const newItemSchema = z
  .strictObject({
    ...{ question: definition.question, subject: definition.subject },
    ...z.object(definition).omit({ question: true, subject: true }).partial().shape,
    id: z
      .string()
      .max(itemLimits.name)
      .optional()
      .meta({ description: 'Its name; made from the question when left out' }),
    since: z
      .string()
      .max(itemLimits.since)
      .optional()
      .meta({ description: 'Entries from before are not judged; now when left out' }),
  })
  .meta({ id: 'NewItem', description: 'A question to put under watch' })

/** What of a question is to be otherwise. */
export const itemEditSchema = z
  .strictObject({
    ...z.object(definition).partial().shape,
    since: z.string().max(itemLimits.since).optional(),
  })
  .refine((edit) => Object.keys(edit).length > 0, 'say what is to be otherwise')
  .meta({ id: 'ItemEdit', description: 'What of a question is to be otherwise; what is left out stays' })

/** A question as its owner wrote it. */
export const definitionSchema = z
  .object({
    id: z.string(),
    ...{ question: z.string(), subject: many(z.string()), context: many(z.string()) },
    ...{ about: many(z.string()), kind: z.string(), topic: z.string(), official: many(z.string()) },
    status: definition.status,
    expected: z.string().nullable(),
    since: moment().meta({ description: 'Entries from before are not judged' }),
    origin: z.enum(['config', 'user']).meta({ description: '`config`: managed by a file, changed there' }),
    state: z.enum(['watching', 'paused', 'retired']),
    createdAt: moment(),
  })
  .meta({ id: 'ItemDefinition', description: 'A watch item as its owner wrote it' })

/** One step of the history of a question. */
export const changeSchema = z
  .object({
    id: z.string(),
    sequence: z.int().meta({ description: 'Its number among the changes of its question, from 1' }),
    kind: z.enum(['status', 'date', 'correction']),
    from: statusSchema,
    to: statusSchema,
    at: moment().meta({ description: 'The time of the news' }),
    recordedAt: moment().meta({ description: 'When openwatch wrote it down' }),
    certainty: certaintySchema,
    expectedFrom: windowSchema.nullable(),
    expectedTo: windowSchema.nullable(),
    reason: z.string().meta({ description: 'Why that was enough' }),
    evidence: many(evidenceSchema).meta({ description: 'The deciding sentence first' }),
  })
  .meta({ id: 'Change', description: 'A change of a status or a promised date, with its proof' })

const ledgerSchema = z
  .object({
    ...{ at: moment(), outlet: z.string(), url: z.string(), words: z.string(), quote: z.string() },
    window: windowSchema.nullable(),
    decided: z.boolean().meta({ description: 'Whether it moved the expected date' }),
  })
  .meta({ id: 'LedgerEntry', description: 'A date that somebody promised' })

const claimSchema = z
  .object({
    ...{ url: z.string(), outlet: z.string(), quote: z.string(), at: moment() },
    signal: statusSchema.nullable().meta({ description: 'What it asserts; null where it only gives a date' }),
    certainty: certaintySchema,
    window: windowSchema.nullable(),
    decided: z.boolean(),
    reason: z.string().nullable().meta({ description: 'Why it moved nothing' }),
  })
  .meta({ id: 'Claim', description: 'What an entry says about a question' })

const standing = {
  ...{ id: z.string(), question: z.string(), topic: z.string(), kind: z.string() },
  state: z.enum(['watching', 'paused', 'retired']),
  status: statusSchema,
  since: moment().meta({ description: 'Since when it stands there' }),
  expected: windowSchema.nullable(),
  disputed: z.boolean().meta({ description: 'Credible claims contradict each other' }),
  overdue: z
    .object({ promisedUntil: z.string(), days: z.int() })
    .nullable()
    .meta({ description: 'The promised window has passed and nothing came' }),
  reason: z.string().nullable(),
  evidence: many(evidenceSchema).meta({ description: 'What carries the present standing' }),
  slippage: many(z.string()).meta({ description: 'How the promised date moved' }),
  wishes: z.object({
    muted: many(z.string()).meta({ description: 'Outlets whose word does not count' }),
    snoozedUntil: moment().nullable(),
    snoozedToChange: z.boolean(),
    acknowledgedAt: moment().nullable(),
  }),
  quiet: z
    .object({
      ...{ since: moment(), days: z.int(), healthyFeeds: z.int(), totalFeeds: z.int(), text: z.string() },
    })
    .meta({ description: 'How long nothing moved, and how much could be seen meanwhile' }),
  sight: z.object({ healthy: z.int(), total: z.int(), blindSince: moment().nullable() }),
  matches: z.int().meta({ description: 'Entries that met its query' }),
  lastMatchAt: moment().nullable(),
}

/** A question in a list. */
export const itemSummarySchema = z
  .object(standing)
  .meta({ id: 'ItemSummary', description: 'A question and where it stands' })

/** A question in full. */
export const itemSchema = z
  .object({
    ...standing,
    changes: many(changeSchema).meta({ description: 'Oldest first' }),
    ledger: many(ledgerSchema).meta({ description: 'Every promised date, by whom' }),
    undecided: many(claimSchema).meta({
      description: 'Claims that moved nothing, with the reason; newest first',
    }),
  })
  .meta({ id: 'Item', description: 'A question, where it stands, and all that is known about it' })
