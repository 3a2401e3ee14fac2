import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import stringWidth from 'string-width'

const bin = fileURLToPath(new URL('../../bin/openwatch.mjs', import.meta.url))

/** What a command said and how it ended; null where a signal ended it. */
export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** A command under way. */
export interface Running {
  readonly child: ChildProcess
  readonly said: { out: string; err: string }
  readonly ended: Promise<Ended>
  /** Waits until standard output or error has the text. Throws when the command ends, or a minute passes, before. */
  saying(text: string | RegExp): Promise<void>
}

/** Starts the bin. Nothing of this process's own settings goes along: `env` names all that matters to openwatch. */
export function startCommand(args: readonly string[], env: Readonly<Record<string, string>>): Running {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, [bin, ...args], {
    env: { PATH, HOME, OPENWATCH_PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.err += text))
  const ended = new Promise<Ended>((resolve) =>
    child.once('close', (code) => {
      resolve({ code, ...said })
    }),
  )
  return {
    child,
    said,
    ended,
    async saying(text) {
      const began = performance.now()
      const isSaid = () => [said.out, said.err].some((one) => one.search(text) >= 0)
      while (!isSaid()) {
        if (child.exitCode !== null || performance.now() - began > 60_000)
          throw new Error(`it never said ${String(text)}, but:\n${said.out}\n${said.err}`)
        await sleep(50)
      }
    },
  }
}

/** Runs the bin to its end. */
export function command(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ended> {
  return startCommand(args, env).ended
}

/** A data directory that may hold an embedded server, and what takes both away. */
export async function dataFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const parent = await mkdtemp(join(tmpdir(), 'ow-'))
  const path = join(tmpdir(), `${parent.slice(tmpdir().length + 1)}-data`)
  return {
    path,
    async remove() {
      const text = await readFile(join(path, 'postgres/data/postmaster.pid'), 'utf8').catch(() => '')
      const pid = Number(text.split('\n')[0])
      if (pid > 0) process.kill(pid, 'SIGKILL')
      await rm(parent, { recursive: true, force: true })
      await rm(path, { recursive: true, force: true, maxRetries: 10 })
    },
  }
}

/** The lines that are wider than so many columns; addresses are never broken. */
export function linesWiderThan(columns: number, text: string): string[] {
  return text.split('\n').filter((line) => stringWidth(line) > columns && !line.includes('://'))
}
