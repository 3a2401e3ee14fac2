import { constants } from 'node:fs'
import { access, stat, statfs } from 'node:fs/promises'
import type { System } from '../compose.ts'
import type { Environment } from '../config/environment.ts'
import type { LoadedConfig } from '../config/load.ts'
import { count } from '../report/people-time.ts'
import { dataDirectoryPath, thisMachine } from '../store/data-directory.ts'
import { databaseFacts } from '../store/database-facts.ts'
import type { Check } from './doctor-check.ts'

/** The oldest Node.js that openwatch runs on. */
const leastNode = [20, 19] as const

/** Whether Node.js is new enough. */
export function checkNode(version: string): Check {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const isEnough = major > leastNode[0] || (major === leastNode[0] && minor >= leastNode[1])
  return isEnough
    ? { name: 'Node.js', state: 'ok', says: version, fix: null }
    : {
        name: 'Node.js',
        state: 'fail',
        says: `${version} is too old`,
        fix: `install ${leastNode.join('.')} or newer`,
      }
}

/** Whether the files of the configuration can be used. */
export function checkConfiguration(loaded: LoadedConfig, directory: string): Check {
  const name = 'settings'
  if (!loaded.ok) {
    const [first] = loaded.problems
    const where =
      first === undefined ? '' : `: ${first.message}${first.line === null ? '' : ` (line ${first.line})`}`
    return {
      name,
      state: 'fail',
      says: `${count(loaded.problems.length, 'mistake')} in ${directory}${where}`,
      fix: 'openwatch check-config tells all of them',
    }
  }
  if (loaded.warnings.length > 0)
    return {
      name,
      state: 'warn',
      says: `${count(loaded.warnings.length, 'doubt')} about ${directory}: ${loaded.warnings[0]?.message ?? ''}`,
      fix: 'openwatch check-config tells what may be a mistake',
    }
  return { name, state: 'ok', says: `${directory} can be used`, fix: null }
}

const megabyte = 1_000_000

/** Whether the data directory can be written to and has room. With DATABASE_URL there is none. */
export async function checkDataDirectory(env: Environment): Promise<Check> {
  const name = 'data'
  if ((env['DATABASE_URL'] ?? '') !== '')
    return { name, state: 'ok', says: 'kept in the database of DATABASE_URL', fix: null }
  const path = dataDirectoryPath(env, thisMachine())
  try {
    await stat(path)
  } catch {
    return { name, state: 'ok', says: `${path} is not there yet; openwatch makes it`, fix: null }
  }
  try {
    await access(path, constants.W_OK | constants.X_OK)
  } catch {
    const fix = `give the account that runs openwatch the right to write there (chown), or set OPENWATCH_DATA to another folder`
    return { name, state: 'fail', says: `${path} may not be written to`, fix }
  }
  const { bavail, bsize } = await statfs(path)
  const free = bavail * bsize
  const says = `${path}, ${(free / 1000 / megabyte).toFixed(1)} GB free`
  if (free < 200 * megabyte)
    return { name, state: 'fail', says, fix: 'make room on the disk: Postgres stops when it is full' }
  if (free < 1000 * megabyte)
    return { name, state: 'warn', says, fix: 'make room on the disk before it is full' }
  return { name, state: 'ok', says, fix: null }
}

/** Which zone the times of this machine are in; a clock that was never set is far in the past. */
export function checkZone(now: Date): Check {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()
  const says = `${now.toISOString().slice(0, 16).replace('T', ' ')} UTC, zone ${timeZone}`
  return now.getUTCFullYear() < 2025
    ? {
        name: 'time',
        state: 'fail',
        says: `the clock says ${says}`,
        fix: 'set it (timedatectl set-ntp true)',
      }
    : { name: 'time', state: 'ok', says, fix: null }
}

/** How far the database's clock may be from this machine's, in milliseconds. */
const mostSkew = { ok: 5000, warn: 60_000 } as const

/** Whether the database answers, has this version's tables, and goes by the same clock. */
export async function checkDatabase({ db }: Pick<System, 'db'>): Promise<Check> {
  const name = 'database'
  const before = Date.now()
  const facts = await databaseFacts(db.pool)
  const took = Date.now() - before
  const skew = Math.max(0, Math.abs(facts.now.getTime() - before) - took)
  const says = `Postgres ${facts.version} (${db.where}), ${count(facts.migrations, 'migration')}, ${(facts.bytes / megabyte).toFixed(0)} MB, answers in ${took} ms`
  if (skew > mostSkew.ok) {
    const fix = 'set both clocks by the net (timedatectl set-ntp true): what is due goes by them'
    const state = skew > mostSkew.warn ? 'fail' : 'warn'
    return { name, state, says: `${says}; its clock is ${Math.round(skew / 1000)} s off this one`, fix }
  }
  return { name, state: 'ok', says, fix: null }
}
