import { access, chmod, constants, mkdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import envPaths from 'env-paths'

/** What the choice of a data directory depends on besides the environment. */
export interface Machine {
  readonly platform: NodeJS.Platform
  /** The user id of this process; null where there are none (Windows). */
  readonly uid: number | null
  /** The platform's usual place for the application data of this user. */
  readonly applicationData: string
}

/** The machine this process runs on; the usual place comes from env-paths (XDG, Application Support, LOCALAPPDATA). */
export function thisMachine(): Machine {
  return {
    platform: process.platform,
    uid: process.getuid?.() ?? null,
    applicationData: envPaths('openwatch', { suffix: '' }).data,
  }
}

/** Where the data is kept: OPENWATCH_DATA, else /var/lib/openwatch for root on Linux, else the user's own usual place. */
export function dataDirectoryPath(env: NodeJS.ProcessEnv, machine: Machine): string {
  const named = env['OPENWATCH_DATA']
  if (named !== undefined && named !== '') return resolve(named)
  if (machine.platform === 'linux' && machine.uid === 0) return '/var/lib/openwatch'
  return machine.applicationData
}

/**
 * The data directory, created where missing: 0700, for root 0711, since root's database server runs as another account
 * that must be able to pass through. One that exists keeps its mode. Throws when it cannot be made or written to.
 */
export async function dataDirectory(
  env: NodeJS.ProcessEnv,
  machine: Machine = thisMachine(),
): Promise<string> {
  const path = dataDirectoryPath(env, machine)
  const mode = machine.uid === 0 ? 0o711 : 0o700
  try {
    const created = await mkdir(path, { recursive: true, mode })
    if (created !== undefined) await chmod(path, mode)
    await access(path, constants.W_OK | constants.X_OK)
    return path
  } catch (cause) {
    throw new Error(
      `The data directory ${path} cannot be used: ${reasonOf(cause)}. Mend that, or name another one by OPENWATCH_DATA.`,
      { cause },
    )
  }
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause)
  switch ('code' in cause ? cause.code : null) {
    case 'EEXIST':
      return 'there is a file of that name'
    case 'ENOTDIR':
      return 'a part of its path is a file'
    case 'EACCES':
    case 'EPERM':
      return 'this account has no permission to write there'
    case 'EROFS':
      return 'the disk is read-only'
    case 'ENOSPC':
      return 'the disk is full'
    case 'ENOENT':
      return 'nothing can be made there'
    default:
      return cause.message
  }
}
