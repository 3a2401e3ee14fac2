import { z } from 'zod'
import { duration, quoted, refuse, secret, webUrl } from '../values.ts'
import { checkLogin, userLogin } from './login.ts'
import { manners } from './manners.ts'

/** Alerts on phones and desktops, by ntfy. */
export const ntfyChannelSchema = z
  .strictObject({
    type: z.literal('ntfy'),
    ...manners({ grouped: true }),
    url: webUrl().prefault('https://ntfy.sh').meta({
      description: 'The ntfy server',
      example: 'https://ntfy.example.org',
    }),
    topic: topic().meta({
      description: 'The topic to post to; who knows it can read along where the server asks for no login',
      example: '${NTFY_TOPIC}',
      secret: true,
    }),
    token: secret().optional().meta({
      description: 'An access token; take it from the environment',
      example: '${NTFY_TOKEN}',
      secret: true,
    }),
    ...userLogin,
    updates: z.boolean().prefault(true).meta({
      description:
        'A later alert of a question takes the place of the earlier one (ntfy 2.16; older servers show both)',
      example: 'false',
    }),
    markdown: z.boolean().prefault(false).meta({
      description: 'Write Markdown, for apps that show it',
      example: 'true',
    }),
    timeout: duration().prefault('10s').meta({ description: 'How long an answer may take', example: '10s' }),
  })
  .superRefine(checkLogin)

/** The options of an ntfy channel. */
export type NtfyConfig = z.output<typeof ntfyChannelSchema>

function topic() {
  return z.string().transform((value, ctx) => {
    const name = value.trim()
    if (/^[-_A-Za-z0-9]{1,64}$/.test(name)) return name
    return refuse(
      ctx,
      value,
      `${quoted(value)} cannot be a topic`,
      'use letters, digits, dashes and underscores, at most 64',
    )
  })
}
