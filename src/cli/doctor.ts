import type { System } from '../compose.ts'
import type { Config } from '../config/config.ts'
import { defaultConfig } from '../config/default-config.ts'
import { configDirectory } from '../config/directory.ts'
import { loadConfig } from '../config/load.ts'
import type { Paint } from '../report/paint.ts'
import { wrapText } from '../report/wrap-text.ts'
import type { Check, CheckState } from './doctor-check.ts'
import { checkChannels, checkFeeds, checkNetwork, checkPage, checkProcesses } from './doctor-life.ts'
import {
  checkConfiguration,
  checkDataDirectory,
  checkDatabase,
  checkNode,
  checkZone,
} from './doctor-ground.ts'
import type { Io } from './io.ts'
import { withSystem } from './open-system.ts'
import { terminalPaint } from './paint.ts'

/** `openwatch doctor`: looks at all that openwatch needs, and says what is wrong and how to mend it. Gives 1 when something fails. */
export async function doctor(io: Io, { json = false }: { readonly json?: boolean }): Promise<number> {
  const checks: Check[] = []
  const tell = (check: Check) => {
    checks.push(check)
    if (!json) io.out(checkText(check, io.width(), terminalPaint(io.colour)))
  }
  const directory = configDirectory(io.env, io.cwd)
  const loaded = await loadConfig({ directory, env: io.env, now: io.now() })
  tell(checkNode(process.versions.node))
  tell(checkConfiguration(loaded, directory))
  tell(await checkDataDirectory(io.env))
  tell(checkZone(io.now()))
  await checkLife(io, loaded.ok ? loaded.config : defaultConfig(directory), tell)
  const many = (state: CheckState) => checks.filter((check) => check.state === state).length
  if (json) io.out(`${JSON.stringify(checks, null, 2)}\n`)
  else io.out(`\n${summary(many('fail'), many('warn'))}\n`)
  return many('fail') > 0 ? 1 : 0
}

/** Everything that needs the database. */
async function checkLife(io: Io, config: Config, tell: (check: Check) => void): Promise<void> {
  try {
    await withSystem(io, { application: 'doctor', logLevel: 'silent', config }, async (system: System) => {
      tell(await checkDatabase(system))
      tell(await checkNetwork(system, io.env))
      tell(await checkFeeds(system))
      for (const check of await checkChannels(system)) tell(check)
      for (const check of await checkProcesses(system)) tell(check)
      tell(await checkPage(system))
    })
  } catch (error) {
    const says = error instanceof Error ? error.message : String(error)
    tell({
      name: 'database',
      state: 'fail',
      says,
      fix: 'mend that, then run openwatch doctor again: it looks at the rest',
    })
  }
}

function summary(failed: number, warned: number): string {
  if (failed === 0 && warned === 0) return 'All is well.'
  const parts = [
    ...(failed === 0 ? [] : [`${failed} ${failed === 1 ? 'thing is' : 'things are'} wrong`]),
    ...(warned === 0 ? [] : [`${warned} ${warned === 1 ? 'needs' : 'need'} a look`]),
  ]
  return `${parts.join(', ')}.`
}

const signs = { ok: '✓', warn: '!', fail: '✗' } as const
const roles = { ok: 'good', warn: 'warning', fail: 'cancelled' } as const

function checkText({ name, state, says, fix }: Check, width: number, paint: Paint): string {
  const indent = 17
  const [first = '', ...rest] = wrapText(says, Math.max(30, width - indent))
  const head = `${paint(`${signs[state]} ${state.padEnd(4)}`, roles[state])} ${name.padEnd(indent - 8)} ${first}`
  const more = rest.map((line) => ' '.repeat(indent) + line)
  const advice =
    fix === null
      ? []
      : wrapText(`→ ${fix}`, Math.max(30, width - indent)).map((line) => ' '.repeat(indent) + line)
  return `${[head, ...more, ...advice].join('\n')}\n`
}
