import { passwordLength } from '../config/schema/password.ts'
import type { Database } from '../store/database.ts'
import { forgiveLogin, lockLoginTries, saveLoginTries } from '../store/login-tries.ts'
import type { Clock } from './clock.ts'
import { addressRule, everybody, nextTry, overallRule, sourceOf } from './login-throttle.ts'
import type { Password, PasswordKeeper } from './password.ts'

/** What came of a password that somebody gave. */
export type CheckedPassword =
  | { readonly kind: 'right'; readonly password: Password }
  | { readonly kind: 'wrong' }
  /** Too many wrong ones came before: this one was not looked at. */
  | { readonly kind: 'wait'; readonly until: Date }
  | { readonly kind: 'unset' }

export interface PasswordDeps {
  readonly db: Database
  readonly clock: Clock
  readonly passwords: PasswordKeeper
}

/** What somebody tried, and from which address. */
export interface Tried {
  readonly password: string
  readonly from: string
}

/** Looks whether a password is right, unless too many wrong ones came before, from the same address or from everywhere. */
export async function checkPassword(
  { password, from }: Tried,
  { db, clock, passwords }: PasswordDeps,
): Promise<CheckedPassword> {
  const current = await passwords.current()
  if (current === null) return { kind: 'unset' }
  const now = clock.now()
  const who = sourceOf(from)
  const until = await countTry(db, who, now)
  if (until !== null) return { kind: 'wait', until }
  const isFit = Buffer.byteLength(password) <= passwordLength.most
  const isRight = isFit && (await current.is(password))
  if (isRight === null) return { kind: 'wait', until: new Date(now.getTime() + 5000) }
  if (!isRight) return { kind: 'wrong' }
  const forgotten = new Date(now.getTime() - addressRule.forgetMs)
  await forgiveLogin(db.pool, { who, overall: everybody, forgotten })
  return { kind: 'right', password: current }
}

/** Counts a try; gives until when to wait where it came too early. Counted first, so that a thousand at once are a thousand. */
function countTry(db: Database, who: string, now: Date): Promise<Date | null> {
  return db.transaction(async (tx) => {
    const own = await lockLoginTries(tx, who, now)
    const ownNext = nextTry(own, addressRule, now)
    if (ownNext === null) return own.heldUntil
    const all = await lockLoginTries(tx, everybody, now)
    const allNext = nextTry(all, overallRule, now)
    if (allNext === null) return all.heldUntil
    await saveLoginTries(tx, who, ownNext)
    await saveLoginTries(tx, everybody, allNext)
    return null
  })
}
