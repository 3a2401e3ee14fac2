import { z } from 'zod'
import { duration, quoted, refuse, secret, webUrl } from '../values.ts'
import { manners } from './manners.ts'

/** Alerts in a room of Matrix. */
export const matrixChannelSchema = z.strictObject({
  type: z.literal('matrix'),
  ...manners({ grouped: true }),
  url: webUrl().meta({ description: 'The homeserver', example: 'https://matrix.example.org' }),
  token: secret().meta({
    description: 'The access token of the account that posts; take it from the environment',
    example: '${MATRIX_TOKEN}',
    secret: true,
  }),
  room: roomId().meta({
    description: 'The id of a room that this account is in, and that is not encrypted',
    example: '"!abcdefghijklmnop:example.org"',
  }),
  notice: z.boolean().prefault(false).meta({
    description: 'Post as a bot does (m.notice): many clients then make no sound',
    example: 'true',
  }),
  timeout: duration().prefault('10s').meta({ description: 'How long an answer may take', example: '10s' }),
})

/** The options of a Matrix channel. */
export type MatrixConfig = z.output<typeof matrixChannelSchema>

/** Newer rooms have ids without a server's name in them. */
function roomId() {
  return z.string().transform((value, ctx) => {
    const id = value.trim()
    if (/^![^\s\p{Cc}]{1,254}$/u.test(id)) return id
    const why = id.startsWith('#') ? 'is the name of a room, not its id' : 'is no id of a room'
    return refuse(
      ctx,
      value,
      `${quoted(value)} ${why}`,
      'write the internal id, which begins with "!" (in Element: room settings, Advanced)',
    )
  })
}
