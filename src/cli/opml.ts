import { readFile, writeFile } from 'node:fs/promises'
import { exportFeeds, importFeeds } from '../pipeline/exchange-feeds.ts'
import { count } from '../report/people-time.ts'
import { CommandFailed, fileReason } from './fault.ts'
import type { Io } from './io.ts'
import { withCommandSystem } from './open-system.ts'

/** `openwatch feeds import <file>`: has the feeds of an OPML file polled. What cannot be used is told line by line. */
export async function importFeedsFile(io: Io, file: string): Promise<number> {
  const bytes = await read(file)
  return withCommandSystem(io, async (system) => {
    const outcome = await importFeeds(bytes, system)
    const { problems } = outcome
    for (const { line, reason } of problems) io.err(`${file}:${line}: ${reason}\n`)
    if (outcome.kind === 'nothing') throw new CommandFailed(`nothing could be imported from ${file}`)
    io.out(
      [
        `${count(outcome.added.length, 'feed')} imported`,
        ...(outcome.known === 0 ? [] : [`${outcome.known} polled already`]),
        ...(problems.length === 0 ? [] : [`${count(problems.length, 'problem')} told above`]),
      ].join(', ') + '\n',
    )
    return 0
  })
}

async function read(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file)
  } catch (error) {
    throw new CommandFailed(`${file} cannot be read: ${fileReason(error)}`, { cause: error })
  }
}

export interface ExportOptions {
  readonly out?: string
  readonly withSecrets?: boolean
}

/** `openwatch feeds export`: writes the feeds that are polled, or paused, as OPML. */
export async function exportFeedsFile(io: Io, { out, withSecrets = false }: ExportOptions): Promise<number> {
  return withCommandSystem(io, async (system) => {
    const { opml, feeds, masked } = await exportFeeds(system, { withSecrets })
    if (out === undefined) io.out(opml)
    else {
      await write(out, opml)
      io.out(`${count(feeds, 'feed')} written to ${out}\n`)
    }
    if (masked > 0)
      io.err(
        `${masked === 1 ? 'a password or key is' : `${masked} passwords or keys are`} masked; --with-secrets writes them\n`,
      )
    return 0
  })
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text)
  } catch (error) {
    const isNoFolder = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    const reason = isNoFolder ? 'there is no such folder' : fileReason(error)
    throw new CommandFailed(`${file} cannot be written: ${reason}`, { cause: error })
  }
}
