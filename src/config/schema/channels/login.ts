import type { z } from 'zod'
import { secret, text } from '../values.ts'

/** How a server of the operator's choice knows who posts: not at all, or by user and password. */
export const userLogin = {
  user: text().optional().meta({ description: 'The user to log in as', example: 'openwatch' }),
  password: secret().optional().meta({
    description: 'Its password; take it from the environment',
    example: '${ALERT_PASSWORD}',
    secret: true,
  }),
} as const

interface Login {
  readonly token?: string | undefined
  readonly user?: string | undefined
  readonly password?: string | undefined
}

/** Reports a login that is only half there, or there twice. */
export function checkLogin({ token, user, password }: Login, ctx: z.RefinementCtx): void {
  const isHalf = (user === undefined) !== (password === undefined)
  if (!isHalf && (token === undefined || user === undefined)) return
  ctx.issues.push({
    code: 'custom',
    message: isHalf ? 'user and password go together' : 'there are a token and a user',
    input: user,
    path: [isHalf && user === undefined ? 'user' : isHalf ? 'password' : 'user'],
    params: { fix: isHalf ? 'give both, or neither' : 'give either the token, or user and password' },
  })
}
