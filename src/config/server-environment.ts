import { secretVariable, type Environment } from './environment.ts'
import type { Problem } from './problem.ts'
import type { Settings } from './schema.ts'
import { serverSchema } from './schema/server.ts'
import { parseSource } from './source.ts'
import { validate } from './validate.ts'

type Server = Settings['server']

/** The settings of the server that the environment may give, above the file. */
export const serverVariables = {
  host: 'OPENWATCH_HOST',
  port: 'OPENWATCH_PORT',
  password: 'OPENWATCH_PASSWORD',
  passwordHash: 'OPENWATCH_PASSWORD_HASH',
} as const

/** What the environment says of the server. */
export interface ServerEnvironment {
  /** The settings of the file with those of the environment above them. */
  readonly over: (settings: Server) => Server
  readonly secrets: readonly string[]
  readonly problems: Problem[]
}

/** OPENWATCH_HOST and the like stand above the file; secrets may be in files, too (OPENWATCH_PASSWORD_FILE). */
export function serverFromEnvironment(env: Environment): ServerEnvironment {
  const { host, port, ...secret } = serverVariables
  const kept = Object.entries(secret).map(([key, name]) => ({ key, ...secretVariable(name, env) }))
  const secrets = kept.flatMap(({ value }) => (value === undefined ? [] : [value]))
  const given = {
    host: env[host],
    port: env[port],
    ...Object.fromEntries(kept.map((one) => [one.key, one.value])),
  }
  const written = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined && value !== ''),
  )
  const unread = kept.flatMap(({ problem }) => (problem === null ? [] : [problem]))
  const over = (settings: Server) => settings
  const empty = parseSource('environment', '')
  if (!empty.ok) return { over, secrets, problems: empty.problems }
  const read = validate(serverSchema, { source: empty.source, data: written })
  if (!read.ok) return { over, secrets, problems: [...unread, ...read.problems.map(asVariable)] }
  const set = Object.fromEntries(
    Object.entries(read.value).filter(([key]) => Object.hasOwn(written, key)),
  ) as Partial<Server>
  return { over: (settings) => ({ ...withoutPassword(settings, set), ...set }), secrets, problems: unread }
}

/** A problem of the server's settings, as one of the variable that gave the value. */
function asVariable(problem: Problem): Problem {
  const name = Object.entries(serverVariables).find(([key]) => key === problem.path)?.[1] ?? problem.path
  const fix = problem.fix.replace(/^write (?:host|port): /, `set ${name}=`)
  return { ...problem, path: name, line: null, column: null, fix }
}

/** A password of the environment stands above both forms of it in the file. */
function withoutPassword(settings: Server, set: Partial<Server>): Server {
  if (set.password === undefined && set.passwordHash === undefined) return settings
  const { password: _password, passwordHash: _hash, ...rest } = settings
  return rest
}
