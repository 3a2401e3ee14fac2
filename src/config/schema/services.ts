import { z } from 'zod'
import { webUrl } from './values.ts'

const service = (home: string, description: string) =>
  webUrl()
    .transform((url) => url.replace(/\/+$/, ''))
    .prefault(home)
    .meta({ description, example: home })

/** Where the sites live that shorthands stand for: another instance, a mirror or a server of one's own can take their place. */
export const servicesSchema = z.strictObject({
  github: service('https://github.com', 'GitHub, or a GitHub Enterprise server'),
  huggingFace: service('https://huggingface.co', 'Hugging Face, or a mirror'),
  googleNews: service('https://news.google.com', 'Google News'),
  hackerNews: service('https://hnrss.org', 'Hacker News searches as feeds: hnrss'),
  arxiv: service('https://export.arxiv.org', "arXiv's query interface"),
  youtube: service('https://www.youtube.com', 'YouTube'),
  reddit: service('https://www.reddit.com', 'Reddit, or another front of it'),
})

/** The address of each, without a slash at the end. */
export type Services = z.output<typeof servicesSchema>

/** Those that everybody uses. */
export const publicServices: Services = servicesSchema.parse({})
