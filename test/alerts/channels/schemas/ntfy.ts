/**
 * What ntfy takes as JSON at the root of a server, after "Publish as JSON" of its documentation (docs.ntfy.sh/publish),
 * as far as we use it. Its limits are counted in bytes and looked at apart.
 */
export const ntfySchema = {
  type: 'object',
  required: ['topic', 'message'],
  additionalProperties: false,
  properties: {
    topic: { type: 'string', pattern: '^[-_A-Za-z0-9]{1,64}$' },
    message: { type: 'string', minLength: 1, pattern: '\\S' },
    title: { type: 'string', minLength: 1 },
    tags: { type: 'array', maxItems: 5, items: { type: 'string', pattern: '^[\\w+-]+$' } },
    priority: { type: 'integer', minimum: 1, maximum: 5 },
    click: { type: 'string', pattern: '^https?://' },
    markdown: { type: 'boolean' },
    sequence_id: { type: 'string', pattern: '^[-_A-Za-z0-9]{1,64}$' },
    actions: {
      type: 'array',
      minItems: 1,
      maxItems: 3,
      items: {
        type: 'object',
        required: ['action', 'label', 'url'],
        additionalProperties: false,
        properties: {
          action: { const: 'view' },
          label: { type: 'string', minLength: 1 },
          url: { type: 'string', pattern: '^https?://' },
        },
      },
    },
  },
} as const
