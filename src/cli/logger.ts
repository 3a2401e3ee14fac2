import { createRequire } from 'node:module'
import { destination, pino, type DestinationStream, type Logger } from 'pino'
import type pretty from 'pino-pretty'
import type { Environment } from '../config/environment.ts'
import { UsageError } from './fault.ts'

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']

/**
 * Logs go to standard error as JSON, pretty on a terminal, so that standard output stays for what was asked for.
 * LOG_LEVEL wins over the command's own level. Throws UsageError on a level that does not exist.
 */
export function createLogger(env: Environment, level: string, terminal: boolean): Logger {
  const wanted = env['LOG_LEVEL'] ?? level
  if (!levels.includes(wanted))
    throw new UsageError(`LOG_LEVEL=${wanted} is no level; use one of ${levels.join(', ')}`)
  const stream = terminal ? terminalStream() : destination({ dest: 2, sync: true })
  return pino({ level: wanted, base: null, timestamp: pino.stdTimeFunctions.isoTime }, stream)
}

/** Made for the first event: most commands have none to tell, and need not load what makes it pretty. */
function terminalStream(): DestinationStream {
  let stream: DestinationStream | null = null
  return { write: (event) => (stream ??= prettyStream()).write(event) }
}

function prettyStream(): DestinationStream {
  const load = createRequire(import.meta.url)('pino-pretty') as typeof pretty
  return load({
    destination: 2,
    sync: true,
    singleLine: true,
    translateTime: 'HH:MM:ss',
    ignore: 'event,feed,reason,why,outcome,durationMs,nextPollAt',
    messageFormat: (log, key) => line(log, String(log[key])),
  })
}

/** What a person at a terminal wants of an event: a reason names its feed already. */
function line({ feed, reason }: Readonly<Record<string, unknown>>, message: string): string {
  if (typeof reason === 'string') return `${message}: ${reason}`
  return typeof feed === 'string' && !message.includes(feed) ? `${message}: ${feed}` : message
}
