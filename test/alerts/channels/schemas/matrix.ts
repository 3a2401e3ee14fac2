/**
 * The content of an `m.room.message` event with HTML and mentions, after the Client-Server API of Matrix
 * (spec.matrix.org: m.room.message msgtypes, user and room mentions), as far as we use it.
 */
export const matrixSchema = {
  type: 'object',
  required: ['msgtype', 'body', 'format', 'formatted_body', 'm.mentions'],
  additionalProperties: false,
  properties: {
    msgtype: { enum: ['m.text', 'm.notice'] },
    body: { type: 'string', minLength: 1, pattern: '\\S' },
    format: { const: 'org.matrix.custom.html' },
    formatted_body: { type: 'string', minLength: 1 },
    // Nobody is ever to be pinged.
    'm.mentions': { type: 'object', maxProperties: 0 },
  },
} as const
