/** Who posts: by token, by user and password, or nobody in particular. */
export interface Credentials {
  readonly token?: string | undefined
  readonly user?: string | undefined
  readonly password?: string | undefined
}

/** The header that says who posts (RFC 6750, RFC 7617); none where nobody does. */
export function authorization({ token, user, password }: Credentials): Readonly<Record<string, string>> {
  if (token !== undefined) return { authorization: `Bearer ${token}` }
  if (user === undefined) return {}
  const pair = Buffer.from(`${user}:${password ?? ''}`, 'utf8').toString('base64')
  return { authorization: `Basic ${pair}` }
}
