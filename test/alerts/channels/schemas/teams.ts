/**
 * What a workflow of Teams takes ("Post to a channel when a webhook request is received"), and of the schema of
 * Adaptive Cards 1.4 (adaptivecards.io/explorer) what we use of it.
 */
const openUrl = {
  type: 'object',
  required: ['type', 'title', 'url'],
  additionalProperties: false,
  properties: {
    type: { const: 'Action.OpenUrl' },
    title: { type: 'string', minLength: 1 },
    url: { type: 'string', pattern: '^https?://' },
  },
} as const

const textRun = {
  type: 'object',
  required: ['type', 'text'],
  additionalProperties: false,
  properties: {
    type: { const: 'TextRun' },
    text: { type: 'string', minLength: 1 },
    size: { enum: ['default', 'small', 'medium', 'large', 'extraLarge'] },
    weight: { enum: ['default', 'lighter', 'bolder'] },
    color: { enum: ['default', 'dark', 'light', 'accent', 'good', 'warning', 'attention'] },
    isSubtle: { type: 'boolean' },
    selectAction: openUrl,
  },
} as const

const card = {
  type: 'object',
  required: ['$schema', 'type', 'version', 'body'],
  additionalProperties: false,
  properties: {
    $schema: { const: 'http://adaptivecards.io/schemas/adaptive-card.json' },
    type: { const: 'AdaptiveCard' },
    version: { const: '1.4' },
    msteams: { type: 'object', additionalProperties: false, properties: { width: { const: 'Full' } } },
    fallbackText: { type: 'string', minLength: 1 },
    body: { type: 'array', minItems: 1, items: { $ref: '#/definitions/element' } },
    actions: { type: 'array', minItems: 1, maxItems: 6, items: openUrl },
  },
} as const

/** The body of a post to a workflow. */
export const teamsSchema = {
  type: 'object',
  required: ['type', 'attachments'],
  additionalProperties: false,
  properties: {
    type: { const: 'message' },
    attachments: {
      type: 'array',
      minItems: 1,
      maxItems: 1,
      items: {
        type: 'object',
        required: ['contentType', 'contentUrl', 'content'],
        additionalProperties: false,
        properties: {
          contentType: { const: 'application/vnd.microsoft.card.adaptive' },
          contentUrl: { type: 'null' },
          content: card,
        },
      },
    },
  },
  definitions: {
    element: {
      oneOf: [
        {
          type: 'object',
          required: ['type', 'inlines'],
          additionalProperties: false,
          properties: {
            type: { const: 'RichTextBlock' },
            inlines: { type: 'array', minItems: 1, items: textRun },
          },
        },
        {
          type: 'object',
          required: ['type', 'items'],
          additionalProperties: false,
          properties: {
            type: { const: 'Container' },
            style: { enum: ['default', 'emphasis'] },
            separator: { type: 'boolean' },
            items: { type: 'array', minItems: 1, items: { $ref: '#/definitions/element' } },
          },
        },
      ],
    },
  },
} as const
