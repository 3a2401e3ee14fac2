import { z } from 'zod'
import { grades } from '../../status/status.ts'
import { selector } from './selector.ts'
import { domain, duration, slug, text, webUrl } from './values.ts'

/** A feed to poll; an address alone is enough. */
export const feedSchema = z.preprocess(
  (value) => (typeof value === 'string' ? { url: value } : value),
  z.strictObject({
    url: webUrl().meta({
      description: 'Address of the feed (RSS, Atom or JSON Feed)',
      example: 'https://openai.com/news/rss.xml',
    }),
    title: text().optional().meta({ description: 'Name to show', example: 'OpenAI news' }),
    page: webUrl().optional().meta({
      description: 'The page for people, to look at when the feed has moved',
      example: 'https://openai.com/news',
    }),
    outlet: domain()
      .optional()
      .meta({ description: 'Who speaks in it, where its links do not say so', example: 'openai.com' }),
    grade: z
      .enum(grades)
      .optional()
      .meta({ description: 'How far its outlet is trusted', example: 'established' }),
    topic: slug().optional().meta({ description: 'The topic it serves', example: 'openai-open-weights' }),
    selector: selector().optional().meta({
      description: 'CSS, for a page without a feed: what it matches are the entries',
      example: '".post a"',
    }),
    every: duration()
      .optional()
      .meta({ description: 'A fixed interval, in place of the adaptive one', example: '15m' }),
  }),
)

/** A feed of the configuration, defaults filled in. */
export type FeedConfig = z.output<typeof feedSchema>
