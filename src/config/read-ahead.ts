import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/** Where the build leaves what it has read, see scripts/read-ahead.mjs; not there where the sources are run. */
const builtDirectory = fileURLToPath(new URL('read-ahead', import.meta.url))

/** The name of the file that holds what a text comes to. */
export function readAheadName(text: string): string {
  return `${createHash('sha256').update(text).digest('hex')}.json`
}

/**
 * What the text of a file of the configuration comes to, where the build has read the very same: to read the shipped ones as
 * YAML takes as long as all else that a small command does. Null for every other text.
 */
export async function readAhead(
  text: string,
  directory = builtDirectory,
): Promise<{ readonly data: unknown } | null> {
  try {
    return { data: JSON.parse(await readFile(`${directory}/${readAheadName(text)}`, 'utf8')) as unknown }
  } catch {
    // it is read as any other then
    return null
  }
}
