/**
 * What Slack takes, after its documentation: chat.postMessage, incoming webhooks, and the reference of Block Kit
 * (docs.slack.dev/reference/block-kit/blocks), as far as we use it.
 */
const text = { type: 'string', minLength: 1, maxLength: 3000 } as const
const url = { type: 'string', minLength: 1, maxLength: 3000, pattern: '^https?://' } as const

const inline = {
  oneOf: [
    {
      type: 'object',
      required: ['type', 'text'],
      additionalProperties: false,
      properties: {
        type: { const: 'text' },
        text,
        style: {
          type: 'object',
          additionalProperties: false,
          properties: { bold: { type: 'boolean' }, italic: { type: 'boolean' } },
        },
      },
    },
    {
      type: 'object',
      required: ['type', 'url'],
      additionalProperties: false,
      properties: { type: { const: 'link' }, url, text },
    },
  ],
} as const

const line = (type: string) =>
  ({
    type: 'object',
    required: ['type', 'elements'],
    additionalProperties: false,
    properties: { type: { const: type }, elements: { type: 'array', minItems: 1, items: inline } },
  }) as const

const section = line('rich_text_section')

const richText = {
  type: 'object',
  required: ['type', 'elements'],
  additionalProperties: false,
  properties: {
    type: { const: 'rich_text' },
    elements: {
      type: 'array',
      minItems: 1,
      items: {
        oneOf: [
          section,
          line('rich_text_quote'),
          {
            type: 'object',
            required: ['type', 'style', 'elements'],
            additionalProperties: false,
            properties: {
              type: { const: 'rich_text_list' },
              style: { enum: ['bullet', 'ordered'] },
              elements: { type: 'array', minItems: 1, items: section },
            },
          },
        ],
      },
    },
  },
} as const

const header = {
  type: 'object',
  required: ['type', 'text'],
  additionalProperties: false,
  properties: {
    type: { const: 'header' },
    text: {
      type: 'object',
      required: ['type', 'text'],
      additionalProperties: false,
      properties: {
        type: { const: 'plain_text' },
        text: { type: 'string', minLength: 1, maxLength: 150 },
        emoji: { type: 'boolean' },
      },
    },
  },
} as const

const divider = {
  type: 'object',
  required: ['type'],
  additionalProperties: false,
  properties: { type: { const: 'divider' } },
} as const

const shared = {
  text: { type: 'string', minLength: 1, maxLength: 4000 },
  blocks: { type: 'array', minItems: 1, maxItems: 50, items: { oneOf: [header, divider, richText] } },
  unfurl_links: { type: 'boolean' },
  unfurl_media: { type: 'boolean' },
} as const

/** The body of a post to an incoming webhook. */
export const slackWebhookSchema = {
  type: 'object',
  required: ['text', 'blocks'],
  additionalProperties: false,
  properties: shared,
} as const

/** The arguments of chat.postMessage. */
export const slackPostMessageSchema = {
  type: 'object',
  required: ['channel', 'text', 'blocks'],
  additionalProperties: false,
  properties: {
    ...shared,
    channel: { type: 'string', minLength: 1 },
    metadata: {
      type: 'object',
      required: ['event_type', 'event_payload'],
      additionalProperties: false,
      properties: { event_type: { type: 'string' }, event_payload: { type: 'object' } },
    },
  },
} as const
