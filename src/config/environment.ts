import { readFileSync } from 'node:fs'
import { quoted } from './schema/values.ts'
import type { Path, Problem } from './problem.ts'
import { problemAt, type Source } from './source.ts'

/** Environment variables, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Data with `${NAME}` filled in. */
export interface Filled {
  readonly data: unknown
  /** Every text that holds something from the environment, and what it holds: never to be shown. */
  readonly secrets: ReadonlySet<string>
  readonly problems: readonly Problem[]
  /** Paths whose variable is missing; what stands there now means nothing. */
  readonly unfilled: readonly Path[]
}

type Looked =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly message: string; readonly fix: string }

/**
 * Replaces `${NAME}` in every text by the environment variable NAME; where that is unset and NAME_FILE is set, by the
 * content of the file it names. `${NAME_FILE}` is that content, too. `$${` stands for a plain `${`.
 */
export function fillFromEnvironment(source: Source, env: Environment): Filled {
  const secrets = new Set<string>()
  const problems: Problem[] = []
  const unfilled: Path[] = []

  const fillText = (text: string, path: Path): string => {
    const used: string[] = []
    const filled = text.replaceAll(/(\$?)\$\{([^}]*)\}/g, (whole, escape: string, name: string) => {
      if (escape !== '') return whole.slice(1)
      const looked = lookUp(name, env)
      if (!looked.ok) {
        problems.push(problemAt(source, path, looked.message, looked.fix))
        unfilled.push(path)
        return whole
      }
      used.push(looked.value)
      return looked.value
    })
    if (used.length > 0) for (const value of [...used, filled]) secrets.add(value).add(value.trim())
    return filled
  }

  const fill = (value: unknown, path: Path): unknown => {
    if (typeof value === 'string') return fillText(value, path)
    if (Array.isArray(value)) return value.map((inner, at) => fill(inner, [...path, at]))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fill(inner, [...path, key])]))
  }

  return { data: fill(source.data, []), secrets, problems, unfilled }
}

function lookUp(name: string, env: Environment): Looked {
  if (!/^[A-Za-z_]\w*$/.test(name)) {
    const fix = 'write ${NAME} with letters, digits and _; write $${ for a plain ${'
    return { ok: false, message: `${quoted(name)} cannot be the name of an environment variable`, fix }
  }
  const direct = env[name]
  if (direct !== undefined && direct !== '')
    return name.endsWith('_FILE') ? readSecret(name, direct) : { ok: true, value: direct }
  const file = name.endsWith('_FILE') ? undefined : env[`${name}_FILE`]
  if (file !== undefined && file !== '') return readSecret(`${name}_FILE`, file)
  const other = name.endsWith('_FILE') ? '' : `, or ${name}_FILE to a file that holds it`
  const fix = `set ${name}${name.endsWith('_FILE') ? ' to the path of a file' : ''} in the environment of openwatch${other}`
  return { ok: false, message: `the environment variable ${name} is not set`, fix }
}

function readSecret(name: string, file: string): Looked {
  try {
    return { ok: true, value: readFileSync(file, 'utf8').trimEnd() }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    const fix = `correct the path, or give the account that runs openwatch the right to read it (${code})`
    return { ok: false, message: `the file that ${name} names, ${quoted(file)}, cannot be read`, fix }
  }
}

/** A secret that a variable holds, or the file that NAME_FILE names; undefined where neither is set. */
export function secretVariable(
  name: string,
  env: Environment,
): { readonly value: string | undefined; readonly problem: Problem | null } {
  const isSet = [name, `${name}_FILE`].some((one) => env[one] !== undefined && env[one] !== '')
  if (!isSet) return { value: undefined, problem: null }
  const looked = lookUp(name, env)
  if (looked.ok) return { value: looked.value, problem: null }
  const { message, fix } = looked
  return {
    value: undefined,
    problem: { file: 'environment', path: name, line: null, column: null, message, fix },
  }
}
