/** What an Apprise API takes at /notify/ and /notify/{KEY}, after its README, as far as we use it. */
const shared = {
  title: { type: 'string', minLength: 1, maxLength: 200 },
  body: { type: 'string', minLength: 1, pattern: '\\S' },
  type: { enum: ['info', 'success', 'warning', 'failure'] },
  format: { enum: ['text', 'markdown', 'html'] },
} as const

/** To those of a configuration. */
export const appriseKeySchema = {
  type: 'object',
  required: ['body'],
  additionalProperties: false,
  properties: { ...shared, tag: { type: 'string', minLength: 1 } },
} as const

/** To addresses that the request names. */
export const appriseUrlsSchema = {
  type: 'object',
  required: ['body', 'urls'],
  additionalProperties: false,
  properties: { ...shared, urls: { type: 'array', minItems: 1, items: { type: 'string', minLength: 1 } } },
} as const
