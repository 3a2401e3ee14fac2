/** The arguments of sendMessage, after core.telegram.org/bots/api#sendmessage, as far as we use it. */
export const telegramSchema = {
  type: 'object',
  required: ['chat_id', 'text', 'parse_mode'],
  additionalProperties: false,
  properties: {
    chat_id: { type: ['integer', 'string'] },
    message_thread_id: { type: 'integer', minimum: 1 },
    text: { type: 'string', minLength: 1, maxLength: 4096, pattern: '\\S' },
    parse_mode: { const: 'HTML' },
    link_preview_options: {
      type: 'object',
      additionalProperties: false,
      properties: { is_disabled: { type: 'boolean' } },
    },
  },
} as const
