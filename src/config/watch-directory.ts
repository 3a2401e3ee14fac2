import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** How often the directory is looked at, and how long it must be quiet before a change is told, in milliseconds. */
const look = 500
const quiet = 200
/** A directory that never gets quiet is told after so many looks all the same. */
const mostLooks = 5

/**
 * Calls `onChange` when a YAML or JSON file under `directory` was written, replaced, added or removed (within a second),
 * until `signal` aborts; then the promise is fulfilled. Calls never overlap; an error of `onChange` rejects the promise.
 * It compares what stat says rather than wait for the system's notices, which do not come through Docker's bind mounts
 * and network disks.
 */
export async function watchConfig(
  directory: string,
  onChange: () => void | Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  let known = signature(directory)
  while (await slept(look, signal)) {
    let seen = signature(directory)
    if (seen === known) continue
    for (let looks = 0; looks < mostLooks && (await slept(quiet, signal)); looks++) {
      const again = signature(directory)
      if (again === seen) break
      seen = again
    }
    known = seen
    if (!signal.aborted) await onChange()
  }
}

/** False when the signal aborted before the time was over. */
async function slept(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  try {
    await sleep(milliseconds, undefined, { signal, ref: false })
    return true
  } catch (error) {
    if (signal.aborted) return false
    throw error
  }
}

/** Every file that matters, with what changes when it is written or replaced. */
function signature(directory: string): string {
  const folders = [directory, ...['watch', 'kinds', 'history'].map((name) => join(directory, name))]
  return folders.flatMap(filesOf).map(stamp).join('\n')
}

function filesOf(folder: string): string[] {
  try {
    const names = readdirSync(folder).filter(
      (name) => /\.(?:ya?ml|json)$/.test(name) && !name.startsWith('.'),
    )
    return names.toSorted().map((name) => join(folder, name))
  } catch {
    // A folder that is missing, or goes away while it is read, has no files.
    return []
  }
}

function stamp(file: string): string {
  try {
    const { ino, size, mtimeNs, ctimeNs } = statSync(file, { bigint: true })
    return `${file} ${ino} ${size} ${mtimeNs} ${ctimeNs}`
  } catch {
    return `${file} gone`
  }
}
