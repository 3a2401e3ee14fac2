import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { processSeconds } from './server-clock.ts'

/** `openwatch worker` processes on one database. */
export interface WorkerFleet {
  /** CPU seconds of all of them so far; 0 where there is no /proc to read them from. */
  seconds(): Promise<number>
  close(): Promise<void>
}

/** Starts workers that may ask loopback and know of no feeds and questions but those of the database; all are at work then. */
export const startWorkers = async (number: number, databaseUrl: string): Promise<WorkerFleet> => {
  const config = await mkdtemp(join(tmpdir(), 'openwatch-bench-config-'))
  const workers: ChildProcess[] = []
  const close = async (): Promise<void> => {
    for (const worker of workers) worker.kill('SIGKILL')
    await rm(config, { recursive: true, force: true })
  }
  try {
    await chmod(config, 0o755)
    const polling = { allowPrivateHosts: ['127.0.0.1'] }
    await writeFile(join(config, 'openwatch.yaml'), JSON.stringify({ polling, channels: {}, feeds: [] }))
    for (let n = 0; n < number; n += 1) workers.push(startWorker(databaseUrl, config))
    await Promise.all(workers.map(atWork))
    return { seconds: () => secondsOf(workers), close }
  } catch (error) {
    await close()
    throw error
  }
}

const compiler = new URL('../test/support/typescript-loader.mjs', import.meta.url).href
const program = new URL('../src/main.ts', import.meta.url).href

const startWorker = (databaseUrl: string, config: string): ChildProcess => {
  const script = `const { main } = await import('${program}'); process.exit(await main(['worker']))`
  return spawn(process.execPath, ['--import', compiler, '--input-type=module', '--eval', script], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: { ...process.env, DATABASE_URL: databaseUrl, OPENWATCH_CONFIG: config, LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

/** Resolves when a worker says how it is stopped. */
const atWork = (worker: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    worker.stdout?.setEncoding('utf8').on('data', (text: string) => {
      if (text.includes('Stop with Ctrl-C.')) resolve()
    })
    void once(worker, 'exit').then(() => reject(new Error('a worker ended before it began, see above')))
  })

const secondsOf = async (workers: readonly ChildProcess[]): Promise<number> => {
  const seconds = await Promise.all(workers.map(({ pid }) => processSeconds(pid ?? 0)))
  return seconds.reduce((sum, one) => sum + one, 0)
}
