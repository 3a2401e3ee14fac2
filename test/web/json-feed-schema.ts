const url = { type: 'string', pattern: '^https?://' } as const
const date = { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?Z$' } as const

/** JSON Feed 1.1 as jsonfeed.org/version/1.1 describes it, as far as our feeds use it. */
export const jsonFeedSchema = {
  type: 'object',
  required: ['version', 'title', 'items'],
  additionalProperties: false,
  properties: {
    version: { const: 'https://jsonfeed.org/version/1.1' },
    title: { type: 'string', minLength: 1 },
    home_page_url: url,
    feed_url: url,
    language: { type: 'string' },
    authors: {
      type: 'array',
      minItems: 1,
      items: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } },
    },
    items: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id', 'content_html', 'content_text'],
        additionalProperties: false,
        properties: {
          id: { type: 'string', minLength: 1 },
          url,
          external_url: url,
          title: { type: 'string' },
          content_html: { type: 'string', minLength: 1 },
          content_text: { type: 'string', minLength: 1 },
          date_published: date,
          date_modified: date,
          tags: { type: 'array', items: { type: 'string', minLength: 1 } },
          _openwatch: { type: 'object' },
        },
      },
    },
  },
} as const
