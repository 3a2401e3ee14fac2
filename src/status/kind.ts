import { z } from 'zod'

const words = z.array(z.string().trim().min(1)).default([])

const cueFields = {
  verbs: words.describe(
    'Verbs in their base form; every inflection is understood. A particle may stand apart ("push back", "put off").',
  ),
  nouns: words.describe('Nouns in the singular; the plural is understood.'),
  phrases: words.describe(
    'Fixed wordings. "*" stands for the subject, "a|b" for alternatives, "word?" for a word that may be missing.',
  ),
}

/** Words that signal one thing: verbs, nouns and fixed wordings. */
export const cuesSchema = z.strictObject(cueFields)

/** One thing that may happen to a subject. The question's own words choose it among the events of its kind. */
export const eventSchema = z.strictObject({
  name: z.string().min(1).describe('Names the event in reasons and in `explain`.'),
  asked: words.describe(
    "Words of a question that choose this event, beside the event's own verbs and nouns.",
  ),
  ...cueFields,
  headings: words.describe(
    'Wordings that state it only as a whole title of the thing itself ("* model card"). "*" stands for the subject.',
  ),
  begun: cuesSchema
    .prefault({})
    .describe('What tells that it was agreed, signed or set going, but is not done: `announced`.'),
  undone: cuesSchema
    .prefault({})
    .describe('What tells that it will not be, or is taken back ("lifts the ban", "stays on"): `cancelled`.'),
  matter: z
    .boolean()
    .default(false)
    .describe(
      'The subject itself is what is released or decided on (a product, a bill), so that "X is delayed" speaks of the event. ' +
        'Else only "the sale of X is delayed" does.',
    ),
  named: z
    .boolean()
    .default(false)
    .describe(
      'A claim must name what the question names (its `about` words, or "the model card"), in the sentence or the title.',
    ),
  undergone: z
    .boolean()
    .default(false)
    .describe(
      'Somebody else does it to the subject, even where the question makes the subject do it ("Will X become chief?").',
    ),
  declared: z
    .boolean()
    .default(false)
    .describe('To say it is to do it: "is recalling X", "is suing Y" tell a thing done.'),
  reversible: z
    .boolean()
    .default(false)
    .describe(
      'Others may do it to the subject, whatever the question makes the subject do: "Acme fires X" tells that X leaves Acme, ' +
        '"the court sides with X" that X wins its case.',
    ),
  own: words.describe('Verbs of an `undergone` event that the subject does itself ("take office").'),
  shown: z
    .boolean()
    .default(false)
    .describe('A page of the maker whose whole title is the name of the subject says that it came out.'),
  intended: z
    .boolean()
    .default(false)
    .describe('The present tense of a headline ("X buys Y") tells a thing agreed, not done.'),
})

/** The vocabulary of a kind of question: a file `config/kinds/<id>.yaml`. */
export const kindSchema = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/)
    .describe('Name of the kind, the same as the name of its file.'),
  description: z.string().default(''),
  events: z.array(eventSchema).min(1).describe('What may happen. A question chooses by its words.'),
  default: z
    .string()
    .optional()
    .describe(
      "The event that is meant where a question chooses none. Without one, the question's own verb is looked for.",
    ),
  usual: z
    .boolean()
    .default(false)
    .describe('The kind has the words of `usual-words.yaml` beside its own, which any kind of news uses.'),
  announced: cuesSchema.prefault({}).describe('Words for: it is promised, planned or under way.'),
  fulfilled: cuesSchema
    .prefault({})
    .describe('Words for: it came about, said of the event ("completes the sale", "the ban takes effect").'),
  rumoured: cuesSchema.prefault({}).describe('Words for: it is hinted at, weighed or guessed.'),
  delayed: cuesSchema.prefault({}).describe('Words for: it comes later than was said.'),
  cancelled: cuesSchema.prefault({}).describe('Words for: it will not come.'),
  matters: words.describe(
    'Nouns that, following the subject, name what is decided about it ("deal", "deadline", "bill").',
  ),
  companions: words.describe(
    'Nouns that may follow the subject and still mean it ("model", "bill", "deal").',
  ),
  bystanders: words.describe(
    'Nouns that, following the subject, make it another thing ("rival", "clone", "beta").',
  ),
})

export type Cues = z.infer<typeof cuesSchema>
export type KindEvent = z.infer<typeof eventSchema>
export type Kind = z.infer<typeof kindSchema>
