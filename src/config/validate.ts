import type { z } from 'zod'
import { nearest } from './nearest.ts'
import { pathText, type Path, type Problem } from './problem.ts'
import { quoted } from './schema/values.ts'
import { docOf, knownKeys, schemaAt, valueAt } from './schema-walk.ts'
import { problemAt, type Source } from './source.ts'

type Issue = z.core.$ZodIssue

export type Validated<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: Problem[] }

interface Input {
  readonly source: Source
  /** The source's data, filled in from the environment. */
  readonly data: unknown
  /** Paths about which something was said already. */
  readonly except?: readonly Path[]
}

/** Reads data by a schema; every mistake becomes a problem at its place in the source. */
export function validate<S extends z.ZodType>(schema: S, input: Input): Validated<z.output<S>> {
  const { source, data, except = [] } = input
  const result = schema.safeParse(data)
  if (result.success) return { ok: true, value: result.data }
  const said = new Set(except.map(pathText))
  const problems = result.error.issues
    .map((issue) => ({ issue, path: pathOf(issue, data) }))
    .filter(({ path }) => !said.has(pathText(path)))
    .flatMap(({ issue, path }) => describe(issue, path, { schema, source, data }))
  return { ok: false, problems }
}

interface Context {
  readonly schema: z.ZodType
  readonly source: Source
  readonly data: unknown
}

function describe(issue: Issue, path: Path, context: Context): Problem[] {
  const { schema, source, data } = context
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      ...problemAt(
        source,
        [...path, key],
        `${quoted(key)} is no key that is known here`,
        keyFix(key, knownKeys(schema, data, path)),
      ),
      ...source.place(path, key),
    }))
  }
  const value = valueAt(data, path)
  if (value === undefined && isAbsence(issue)) return [missing(issue, path, context)]
  const [message, fix] = wording(issue, value, exampleAt(path, context))
  return [problemAt(source, path, message, fix)]
}

function isAbsence(issue: Issue): boolean {
  return issue.code === 'invalid_type' || issue.code === 'invalid_union' || issue.code === 'invalid_value'
}

function missing(issue: Issue, path: Path, context: Context): Problem {
  const key = String(path.at(-1) ?? 'value')
  const options = choices(issue)
  const fix = options === null ? exampleAt(path, context) : `add ${key}: ${options.join(' or ')}`
  return problemAt(context.source, path, `${quoted(key)} is missing`, fix.replace(/^write /, 'add '))
}

/** What is wrong, and what to write instead. */
function wording(issue: Issue, value: unknown, example: string): [string, string] {
  const options = choices(issue)
  if (options !== null)
    return [`${shown(value)} is not one of ${options.join(', ')}`, choiceFix(value, options)]
  switch (issue.code) {
    case 'invalid_type':
      return [`expected ${typeName(issue.expected)}, found ${shown(value)}`, example]
    case 'too_small':
      return issue.origin === 'number' || issue.origin === 'int'
        ? [`${shown(value)} is too small: the least is ${issue.minimum}`, example]
        : ['this is empty', example]
    case 'too_big':
      return [`${shown(value)} is too big: the most is ${issue.maximum}`, example]
    case 'custom':
      return [issue.message, typeof issue.params?.['fix'] === 'string' ? issue.params['fix'] : example]
    case 'invalid_key':
      return customOf(issue.issues[0]) ?? [issue.message, example]
    case 'invalid_format':
      return [`${shown(value)} has not the form that is wanted here`, example]
    default:
      return [issue.message, example]
  }
}

function customOf(issue: Issue | undefined): [string, string] | null {
  return issue?.code === 'custom' && typeof issue.params?.['fix'] === 'string'
    ? [issue.message, issue.params['fix']]
    : null
}

function choices(issue: Issue): string[] | null {
  if (issue.code === 'invalid_value') return issue.values.map(String)
  if (issue.code === 'invalid_union' && 'options' in issue && Array.isArray(issue.options))
    return issue.options.map(String)
  return null
}

/** Among several words the nearest is proposed; a word that is near none gets the whole list. */
function choiceFix(value: unknown, options: readonly string[]): string {
  const near = typeof value === 'string' ? nearest(value, options) : null
  return near === null ? `write one of ${options.join(', ')}` : `did you mean "${near}"?`
}

function keyFix(key: string, known: readonly string[]): string {
  const near = nearest(key, known)
  if (near !== null) return `did you mean "${near}"?`
  return known.length === 0 ? 'remove it' : `remove it; the keys here are ${known.join(', ')}`
}

function exampleAt(path: Path, { schema, data }: Context): string {
  const last = path.findLast((part) => typeof part === 'string')
  const end = path.lastIndexOf(last ?? '')
  const at = last === undefined ? null : schemaAt(schema, data, path.slice(0, end + 1))
  const doc = at === null ? null : docOf(at)
  if (last === undefined || doc?.example == null)
    return 'see the shipped file of the same name for an example'
  return `write ${last}: ${doc.example}${doc.description === null ? '' : ` (${doc.description})`}`
}

function typeName(expected: string): string {
  const names: Record<string, string> = {
    string: 'a text',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
    array: 'a list',
    object: 'a mapping (key: value)',
    record: 'a mapping (key: value)',
  }
  return names[expected] ?? expected
}

function shown(value: unknown): string {
  if (value === undefined || value === null) return 'nothing'
  if (typeof value === 'string') return quoted(value)
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'number' || typeof value === 'boolean') return `the ${typeof value} ${value}`
  return 'a mapping'
}

/** The path as written: what stands for a list of one, or for a mapping of one key, has no `[0]` or key in the file. */
function pathOf(issue: Issue, data: unknown): Path {
  // A symbol is no key of YAML; zod's type allows it.
  const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))
  const around = valueAt(data, path.slice(0, -1))
  if (around === undefined || around === null || path.length === 0) return path
  const written = typeof path.at(-1) === 'number' ? Array.isArray(around) : typeof around === 'object'
  return written ? path : path.slice(0, -1)
}
