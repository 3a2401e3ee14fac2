import { destination, pino, type Logger } from 'pino'
import pretty from 'pino-pretty'
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
  const stream = terminal
    ? pretty({
        destination: 2,
        sync: true,
        singleLine: true,
        translateTime: 'HH:MM:ss',
        ignore: 'event,feed,reason,why,outcome,durationMs,nextPollAt',
        messageFormat: (log, key) => line(log, String(log[key])),
      })
    : destination({ dest: 2, sync: true })
  return pino({ level: wanted, base: null, timestamp: pino.stdTimeFunctions.isoTime }, stream)
}

/** What a person at a terminal wants of an event: a reason names its feed already. */
function line({ feed, reason }: Readonly<Record<string, unknown>>, message: string): string {
  if (typeof reason === 'string') return `${message}: ${reason}`
  return typeof feed === 'string' && !message.includes(feed) ? `${message}: ${feed}` : message
}
