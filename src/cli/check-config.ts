import type { Config } from '../config/config.ts'
import type { Environment } from '../config/environment.ts'
import { loadConfig } from '../config/load.ts'
import { formatProblems, type Problem } from '../config/problem.ts'
import { archiveFault } from '../pipeline/archive-file.ts'

export interface CheckConfigOptions {
  readonly directory: string
  readonly env: Environment
  readonly now: Date
  readonly out: (text: string) => void
  readonly err: (text: string) => void
}

/** `openwatch check-config`: one line when all is well (with what may be a mistake), else every problem. Exit code: 0, or 2 for mistakes. */
export async function checkConfig({ directory, env, now, out, err }: CheckConfigOptions): Promise<number> {
  const loaded = await loadConfig({ directory, env, now })
  if (!loaded.ok) {
    err(`${formatProblems(loaded.problems)}\n`)
    return 2
  }
  const broken = await brokenHistory(loaded.config, now)
  if (broken.length > 0) {
    err(`${formatProblems(broken)}\n`)
    return 2
  }
  out(`${summary(loaded.config)}\n`)
  if (loaded.warnings.length > 0) err(`\n${formatProblems(loaded.warnings, { noun: 'doubt' })}\n`)
  return 0
}

async function brokenHistory({ historyFiles }: Config, now: Date): Promise<Problem[]> {
  const problems: Problem[] = []
  for (const file of historyFiles) {
    const fault = await archiveFault(file, now)
    if (fault === null) continue
    problems.push({
      file,
      path: '',
      line: null,
      column: null,
      message: `this history cannot be read: ${fault}`,
      fix: 'make it a JSON Feed (https://jsonfeed.org), or take it away; the daemon leaves it out',
    })
  }
  return problems
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
