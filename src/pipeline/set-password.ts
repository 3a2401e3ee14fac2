import { passwordFault } from '../config/schema/password.ts'
import type { Database } from '../store/database.ts'
import { forgetLoginTries } from '../store/login-tries.ts'
import { storePassword } from '../store/settings.ts'
import { endWebSessions } from '../store/web-sessions.ts'
import { hashPassword, type PasswordCost } from './password-hash.ts'
import type { ConfiguredPassword } from './password.ts'

/** What came of a new password. */
export type SetPassword =
  | { readonly kind: 'set'; readonly sessionsEnded: number }
  | { readonly kind: 'unfit'; readonly reason: string }
  /** The configuration has one, and it comes first. */
  | { readonly kind: 'configured'; readonly where: string }

export interface SetPasswordDeps {
  readonly db: Database
  readonly configured: ConfiguredPassword
  readonly cost?: PasswordCost
}

/** Sets the password that people sign in with (null: none any more) and ends all sessions. */
export async function setPassword(
  password: string | null,
  { db, configured, cost }: SetPasswordDeps,
): Promise<SetPassword> {
  const where = whereConfigured(configured)
  if (where !== null) return { kind: 'configured', where }
  const reason = password === null ? null : passwordFault(password)
  if (reason !== null) return { kind: 'unfit', reason }
  const hash = password === null ? null : await hashPassword(password, cost === undefined ? {} : { cost })
  const sessionsEnded = await db.transaction(async (tx) => {
    await storePassword(tx, hash)
    // whoever mistyped the old one need not wait to give the new one
    await forgetLoginTries(tx)
    return endWebSessions(tx, null)
  })
  return { kind: 'set', sessionsEnded }
}

/** Where the configuration has the password; null when it has none. */
export function whereConfigured({ password, passwordHash }: ConfiguredPassword): string | null {
  if (passwordHash !== undefined) return 'OPENWATCH_PASSWORD_HASH (or server.passwordHash)'
  return password === undefined ? null : 'OPENWATCH_PASSWORD_FILE (or server.password)'
}
