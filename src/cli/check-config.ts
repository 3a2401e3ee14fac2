import type { Config } from '../config/config.ts'
import type { Environment } from '../config/environment.ts'
import { loadConfig } from '../config/load.ts'
import { formatProblems } from '../config/problem.ts'

export interface CheckConfigOptions {
  readonly directory: string
  readonly env: Environment
  readonly now: Date
  readonly out: (text: string) => void
  readonly err: (text: string) => void
}

/** `openwatch check-config`: one line when all is well, else every problem. Gives the exit code: 0, or 2 for mistakes. */
export async function checkConfig({ directory, env, now, out, err }: CheckConfigOptions): Promise<number> {
  const loaded = await loadConfig({ directory, env, now })
  if (!loaded.ok) {
    err(`${formatProblems(loaded.problems)}\n`)
    return 2
  }
  out(`${summary(loaded.config)}\n`)
  return 0
}

function summary(config: Config): string {
  const counts = [
    count(config.feeds.length, 'feed'),
    count(config.outlets.size, 'graded outlet'),
    count(config.watchItems.length, 'watch item'),
    count(config.kinds.size, 'kind'),
  ]
  const channels = config.channels.map(({ id, type }) => (id === type ? id : `${id} (${type})`)).join(', ')
  return `config ok: ${counts.join(', ')}; channels: ${channels === '' ? 'none' : channels}\n  in ${config.directory}`
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
