import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/postgres.ts'

const bin = fileURLToPath(new URL('../../bin/openwatch.mjs', import.meta.url))

test.skipIf(process.platform === 'win32')(
  'the daemon ends when npm is told to: npm ends the shell between them and passes nothing on',
  { timeout: 60_000 },
  async () => {
    const database = await createTestDatabase()
    const config = await mkdtemp(join(tmpdir(), 'openwatch-npm-'))
    await writeFile(join(config, 'openwatch.yaml'), 'feeds: []\n')
    const env = { ...process.env, OPENWATCH_CONFIG: config, OPENWATCH_PORT: '0', DATABASE_URL: database.url }
    const shell = spawn('sh', ['-c', `"${process.execPath}" "${bin}" start & echo "pid $!"; wait`], {
      env: { ...env, npm_lifecycle_event: 'start' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    for (const stream of [shell.stdout, shell.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (said += text))
    await until(() => said.includes('Stop with Ctrl-C'))
    const daemon = Number(/pid (\d+)/.exec(said)?.[1])
    expect(isAlive(daemon)).toBe(true)
    shell.kill('SIGTERM')
    await until(() => !isAlive(daemon))
    expect(said).toContain('the end of npm')
    await database.drop()
    await rm(config, { recursive: true })
  },
)

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

async function until(done: () => boolean): Promise<void> {
  for (let tries = 0; !done(); tries++) {
    if (tries > 500) throw new Error('still waiting after 25 s')
    await sleep(50)
  }
}
