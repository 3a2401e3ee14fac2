import { spawn, type SpawnOptions } from 'node:child_process'
import type { ServerAccount } from './account.ts'

/**
 * How every program of Postgres is started: as its account, in a session of its own (a Ctrl-C at the terminal is meant
 * for the daemon, not for its database), with an environment that holds nothing of the person's.
 */
export function spawnOptions(account: ServerAccount, env: NodeJS.ProcessEnv = process.env): SpawnOptions {
  const windows = process.platform === 'win32'
  return {
    ...(account ?? {}),
    cwd: windows ? undefined : '/',
    detached: true,
    windowsHide: true,
    env: windows ? { ...env, LC_ALL: 'C' } : { LC_ALL: 'C', PATH: '/usr/bin:/bin', TZ: 'UTC' },
  }
}

/** Runs a program to its end and gives what it wrote. Throws with its output when it fails or cannot be started. */
export async function run(program: string, args: readonly string[], account: ServerAccount): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...spawnOptions(account), stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const gather = (chunk: Buffer): void => {
      output += chunk.toString('utf8')
    }
    child.stdout.on('data', gather)
    child.stderr.on('data', gather)
    child.on('error', (cause) => {
      reject(new Error(`${program} cannot be started${asWhom(account)}.`, { cause }))
    })
    child.on('close', (code, signal) => {
      if (code === 0) resolve(output)
      else reject(new Error(`${program} failed (${signal ?? code ?? 'unknown'}):\n${output.trim()}`))
    })
  })
}

function asWhom(account: ServerAccount): string {
  return account === null ? '' : ` as user ${account.uid}`
}
