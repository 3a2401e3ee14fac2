import { z } from 'zod'
import { assembleEntry } from './assemble-entry.ts'
import { parseDate } from './dates.ts'
import { FeedFormatError } from './feed-format-error.ts'
import { tellApart } from './identity.ts'
import type { ParseContext, ParsedEntry, ParsedFeed } from './parsed-feed.ts'
import { readJson } from './read-json.ts'

/** What is read of a model in the list (https://huggingface.co/docs/hub/api): counters change by the hour and are left out. */
const modelSchema = z.object({
  id: z.string().regex(/^[^/\s]+\/[^/\s]+$/),
  createdAt: z.string().nullish().catch(null),
  lastModified: z.string().nullish().catch(null),
  pipeline_tag: z.string().nullish().catch(null),
  tags: z.array(z.string()).nullish().catch(null),
  private: z.boolean().nullish().catch(null),
})

type Model = z.infer<typeof modelSchema>

/** Whether an address is that of Hugging Face's list of models, on whatever host. */
export function isModelList(url: string): boolean {
  return URL.canParse(url) && new URL(url).pathname === '/api/models'
}

/** One sentence: what is judged is sentences. The licence tells open weights from others. */
function sentence({ id, pipeline_tag: task, tags }: Model): string {
  const [owner = '', name = ''] = id.split('/')
  const license = tags?.find((tag) => tag.startsWith('license:'))?.slice('license:'.length)
  const facts = [task ?? '', license === undefined ? '' : `licence: ${license}`].filter((fact) => fact !== '')
  const aside = facts.length === 0 ? '' : ` (${facts.join(', ')})`
  return `${owner} has released the model ${name} on Hugging Face${aside}.`
}

function entryOf(model: Model, context: ParseContext): ParsedEntry {
  const { origin } = new URL(context.url)
  const updatedAt = parseDate(model.lastModified ?? '')
  return assembleEntry(
    {
      guid: model.id,
      url: `${origin}/${model.id}`,
      title: model.id,
      author: model.id.split('/')[0] ?? null,
      summary: null,
      content: { text: sentence(model), markup: false, base: null },
      statedAt: parseDate(model.createdAt ?? '') ?? updatedAt,
      updatedAt,
      discussionUrl: null,
    },
    { now: context.now, home: context.url },
  )
}

/** Reads Hugging Face's list of an organisation's models as if it were a feed. Throws FeedFormatError for anything else. */
export function parseModelList(text: string, context: ParseContext): ParsedFeed {
  const json = readJson(text)
  const list = z.array(z.unknown()).safeParse(json)
  if (!list.success) throw new FeedFormatError('not-a-feed', 'this is not the list of models that it was')
  const models = list.data.map((one) => modelSchema.safeParse(one))
  const read = models.flatMap((model) => (model.success ? [entryOf(model.data, context)] : []))
  const skipped = models.filter((model) => !model.success).map(() => ({ reason: 'a model without a name' }))
  if (read.length === 0 && skipped.length > 0)
    throw new FeedFormatError('not-a-feed', 'this is a list, but not one of models')
  const { origin, searchParams } = new URL(context.url)
  const owner = searchParams.get('author')
  const told = tellApart(read)
  return {
    format: 'json',
    title: owner === null ? 'Models on Hugging Face' : `Models of ${owner} on Hugging Face`,
    homeUrl: owner === null ? `${origin}/models` : `${origin}/${owner}`,
    hubs: [],
    selfUrl: null,
    ttlMinutes: null,
    updateMinutes: null,
    ...told,
    skipped: [...skipped, ...told.skipped],
  }
}
