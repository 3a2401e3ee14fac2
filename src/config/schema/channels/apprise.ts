import { z } from 'zod'
import { duration, listOf, quoted, refuse, secret, text, webUrl, wholeNumber } from '../values.ts'
import { checkLogin, userLogin } from './login.ts'
import { manners } from './manners.ts'

/** Alerts to any service that Apprise knows, by an Apprise API server. */
export const appriseChannelSchema = z
  .strictObject({
    type: z.literal('apprise'),
    ...manners({ grouped: true }),
    url: webUrl().meta({ description: 'The Apprise API server', example: 'http://127.0.0.1:8000' }),
    key: configKey().optional().meta({
      description: 'The key of a configuration that is kept there',
      example: 'openwatch',
    }),
    tags: text().optional().meta({
      description: 'With key: whom of it to tell; spaces mean "and", commas "or". All when left out',
      example: 'family',
    }),
    urls: listOf(secret()).optional().meta({
      description: 'Instead of key: the addresses to tell; take them from the environment',
      example: '["${APPRISE_URL}"]',
      secret: true,
    }),
    format: z.enum(['markdown', 'text', 'html']).prefault('markdown').meta({
      description: 'How the text is written; Apprise turns it into what each service takes',
      example: 'text',
    }),
    limit: wholeNumber(200, 100_000).prefault(4000).meta({
      description: 'How many characters a message may have',
      example: '2000',
    }),
    ...userLogin,
    timeout: duration().prefault('30s').meta({ description: 'How long an answer may take', example: '30s' }),
  })
  .superRefine((config, ctx) => {
    checkLogin(config, ctx)
    const { key, urls, tags } = config
    const byKey = key !== undefined && urls === undefined
    const byUrls = key === undefined && urls !== undefined && urls.length > 0 && tags === undefined
    if (byKey || byUrls) return
    ctx.issues.push({
      code: 'custom',
      message: 'it is not clear whom Apprise is to tell',
      input: key,
      params: { fix: 'give either key (and tags), or urls' },
    })
  })

/** The options of an Apprise channel. */
export type AppriseConfig = z.output<typeof appriseChannelSchema>

function configKey() {
  return z.string().transform((value, ctx) => {
    const key = value.trim()
    if (/^[\w-]{1,128}$/.test(key)) return key
    return refuse(
      ctx,
      value,
      `${quoted(value)} cannot be a key`,
      'use letters, digits, dashes and underscores',
    )
  })
}
