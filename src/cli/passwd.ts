import { passwordFault } from '../config/schema/password.ts'
import { hashPassword } from '../pipeline/password-hash.ts'
import { setPassword, whereConfigured } from '../pipeline/set-password.ts'
import { count } from '../report/people-time.ts'
import { askSecret, readSecret } from './ask-secret.ts'
import { CommandFailed, UsageError } from './fault.ts'
import type { Io } from './io.ts'
import { createLogger } from './logger.ts'
import { openStore, readConfig } from './open-system.ts'

export interface PasswdOptions {
  readonly stdin?: boolean
  readonly hash?: boolean
  readonly remove?: boolean
}

/**
 * `openwatch passwd`: sets the password of the pages. Throws UsageError where the configuration has one or there is nobody
 * to ask, CommandFailed for what can be no password.
 */
export async function passwd(io: Io, options: PasswdOptions): Promise<number> {
  if (options.hash === true) {
    io.out(`${await hashPassword(await newPassword(io, options))}\n`)
    return 0
  }
  const { server } = await readConfig(io)
  const where = whereConfigured(server)
  if (where !== null) throw new UsageError(`the password is set by ${where}; change it there`)
  const password = options.remove === true ? null : await newPassword(io, options)
  const db = await openStore(io, 'cli', createLogger(io.env, 'warn', io.progress))
  try {
    const set = await setPassword(password, { db, configured: server })
    if (set.kind !== 'set') throw new CommandFailed(set.kind === 'unfit' ? set.reason : set.where)
    const ended = set.sessionsEnded === 0 ? '' : `; ${count(set.sessionsEnded, 'session')} ended`
    io.out(`the password is ${password === null ? 'removed' : 'set'}${ended}\n`)
    return 0
  } finally {
    await db.close()
  }
}

async function newPassword(io: Io, { stdin }: PasswdOptions): Promise<string> {
  if (stdin === true) return fit(await readSecret(io))
  if (io.stdin?.isTTY !== true)
    throw new UsageError('there is no terminal to ask on; pass the password with --stdin')
  const typed = fit(await asked(io, 'New password (not shown): '))
  if ((await asked(io, 'The same again: ')) !== typed)
    throw new CommandFailed('the two are not the same; nothing was changed')
  return typed
}

async function asked(io: Io, question: string): Promise<string> {
  const typed = await askSecret(io, question)
  if (typed === null) throw new CommandFailed('nothing was changed')
  return typed
}

function fit(password: string): string {
  const fault = passwordFault(password)
  if (fault !== null) throw new CommandFailed(`${fault}; nothing was changed`)
  return password
}
