/**
 * What a webhook of Discord takes, after "Execute Webhook" and "Embed Limits" of its documentation
 * (discord.com/developers/docs), as far as we use it. The total of 6000 characters is looked at apart.
 */
const embed = {
  type: 'object',
  required: ['description'],
  additionalProperties: false,
  properties: {
    title: { type: 'string', minLength: 1, maxLength: 256 },
    description: { type: 'string', minLength: 1, maxLength: 4096, pattern: '\\S' },
    color: { type: 'integer', minimum: 0, maximum: 0xffffff },
    timestamp: { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' },
    footer: {
      type: 'object',
      required: ['text'],
      additionalProperties: false,
      properties: { text: { type: 'string', minLength: 1, maxLength: 2048 } },
    },
  },
} as const

/** The body of a post to a webhook. */
export const discordSchema = {
  type: 'object',
  required: ['embeds', 'allowed_mentions'],
  additionalProperties: false,
  properties: {
    content: { type: 'string', minLength: 1, maxLength: 2000 },
    embeds: { type: 'array', minItems: 1, maxItems: 10, items: embed },
    // Nobody is ever to be pinged.
    allowed_mentions: {
      type: 'object',
      required: ['parse'],
      additionalProperties: false,
      properties: { parse: { type: 'array', maxItems: 0 } },
    },
  },
} as const
