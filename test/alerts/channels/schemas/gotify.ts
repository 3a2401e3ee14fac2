/** What `POST /message` of Gotify takes, after gotify.net/api-docs and gotify.net/docs/msgextras, as far as we use it. */
export const gotifySchema = {
  type: 'object',
  required: ['message'],
  additionalProperties: false,
  properties: {
    title: { type: 'string', minLength: 1, maxLength: 250 },
    message: { type: 'string', minLength: 1, pattern: '\\S' },
    priority: { type: 'integer', minimum: 0, maximum: 10 },
    extras: {
      type: 'object',
      additionalProperties: false,
      properties: {
        'client::display': {
          type: 'object',
          required: ['contentType'],
          additionalProperties: false,
          properties: { contentType: { enum: ['text/plain', 'text/markdown'] } },
        },
        'client::notification': {
          type: 'object',
          required: ['click'],
          additionalProperties: false,
          properties: {
            click: {
              type: 'object',
              required: ['url'],
              additionalProperties: false,
              properties: { url: { type: 'string', pattern: '^https?://' } },
            },
          },
        },
        'openwatch::message': {
          type: 'object',
          required: ['key'],
          additionalProperties: false,
          properties: { key: { type: 'string', minLength: 1 } },
        },
      },
    },
  },
} as const
