import { createHash } from 'node:crypto'
import type { Database } from '../store/database.ts'
import { storedPassword } from '../store/settings.ts'
import type { Clock } from './clock.ts'
import { hashPassword, isPasswordOf, passwordStamp } from './password-hash.ts'

/** What the configuration says about the password. */
export interface ConfiguredPassword {
  readonly password?: string | undefined
  readonly passwordHash?: string | undefined
}

/** The password in force. */
export interface Password {
  /** Whoever set it: the configuration (or the environment), or `openwatch passwd` and the page. */
  readonly origin: 'config' | 'database'
  /** Names it; sessions are bound to it. */
  readonly stamp: Uint8Array
  /** Whether it is this; null: too many are being looked at already. */
  readonly is: (tried: string) => Promise<boolean | null>
}

/** Knows the password in force, which may be set by another process at any time. */
export interface PasswordKeeper {
  /** Null while there is none. */
  current(): Promise<Password | null>
  /** To be called after a change in this process: it is seen at once, not in a second. */
  forget(): void
}

export interface PasswordKeeperOptions {
  readonly db: Pick<Database, 'pool'>
  readonly clock: Clock
  readonly configured: () => ConfiguredPassword
  /** The id of the installation: the salt of a password that stands in the configuration as it is typed. */
  readonly installation: string
}

/** How long a change by another process may take to be seen, in milliseconds. */
const seenAfterMs = 1000

/** Each look at a password takes 128 MiB: one at a time, and not many waiting. */
const mostWaiting = 8

/** Looks the password up in configuration and database. */
export function createPasswordKeeper(options: PasswordKeeperOptions): PasswordKeeper {
  const { db, clock, configured, installation } = options
  const inTurn = turns(mostWaiting)
  let known: { readonly at: number; readonly hash: Promise<string | null> } | null = null
  let derived: { readonly from: string; readonly hash: Promise<string> } | null = null

  function stored(): Promise<string | null> {
    const now = clock.now().getTime()
    if (known !== null && Math.abs(now - known.at) < seenAfterMs) return known.hash
    const hash = storedPassword(db.pool)
    known = { at: now, hash }
    // a database that was away is asked again, not believed
    hash.catch(() => (known = null))
    return hash
  }

  function fromText(password: string): Promise<string> {
    const salt = createHash('sha256').update(`openwatch password ${installation}`).digest().subarray(0, 16)
    if (derived?.from !== password) derived = { from: password, hash: hashPassword(password, { salt }) }
    return derived.hash
  }

  function configuredHash(): Promise<string> | null {
    const { password, passwordHash } = configured()
    if (passwordHash !== undefined) return Promise.resolve(passwordHash)
    return password === undefined ? null : fromText(password)
  }

  return {
    async current() {
      const own = configuredHash()
      const hash = await (own ?? stored())
      if (hash === null) return null
      return {
        origin: own === null ? 'database' : 'config',
        stamp: passwordStamp(hash),
        is: (tried) => inTurn(() => isPasswordOf(hash, tried)),
      }
    },
    forget() {
      known = null
    },
  }
}

/** Does one thing after another; null for what comes while too many wait. */
function turns(most: number): <T>(work: () => Promise<T>) => Promise<T | null> {
  let last: Promise<unknown> = Promise.resolve()
  let waiting = 0
  return async (work) => {
    if (waiting >= most) return null
    waiting += 1
    const mine = last.then(work).finally(() => (waiting -= 1))
    last = mine.catch(() => undefined)
    return mine
  }
}
