import { join } from 'node:path'
import { z } from 'zod'
import type { Config } from './config.ts'
import { settingsFile } from './directory.ts'
import type { Environment } from './environment.ts'
import { mask } from './mask.ts'
import { pathText, type Path } from './problem.ts'
import { settingsSchema } from './schema.ts'
import { docOf, knownKeys, schemaAt, valueAt } from './schema-walk.ts'
import { serverVariables } from './server-environment.ts'
import { readSource, type Source } from './source.ts'

/** Where a value comes from. */
export type SettingOrigin =
  | { readonly kind: 'default' }
  | { readonly kind: 'file'; readonly line: number | null }
  /** Of a variable, named in the file (at `line`) or standing above it (null). */
  | { readonly kind: 'environment'; readonly name: string; readonly line: number | null }

/** One setting as it is in effect. */
export interface Setting {
  /** As in `polling.interval.min`. */
  readonly path: string
  /** As a person would write it, secrets as `•••`; null where there is none. */
  readonly value: string | null
  readonly description: string | null
  readonly origin: SettingOrigin
}

/** Settings that belong together. */
export interface SettingSection {
  /** As in `polling`, `channels.mail`. */
  readonly name: string
  readonly description: string | null
  readonly settings: readonly Setting[]
}

const single = ['server', 'polling', 'services', 'policies'] as const

/** Every setting of openwatch.yaml with its value and where it comes from, section by section: as the file stands now. */
export async function settingSections(
  { directory, secrets, server }: Pick<Config, 'directory' | 'secrets' | 'server'>,
  env: Environment,
): Promise<readonly SettingSection[]> {
  const read = await readSource(join(directory, settingsFile))
  const source: Source = read.ok
    ? read.source
    : { file: settingsFile, data: {}, place: () => ({ line: null, column: null }) }
  const walk: Walk = { source, secrets, env, server }
  const channels = valueAt(source.data, ['channels'])
  const names = typeof channels === 'object' && channels !== null ? Object.keys(channels) : []
  return [
    ...single.map((name) => section([name], walk)),
    ...names.map((name) => section(['channels', name], walk)),
    ...routeSections(walk),
  ]
}

interface Walk {
  readonly source: Source
  readonly secrets: ReadonlySet<string>
  readonly env: Environment
  readonly server: Config['server']
}

function section(path: Path, walk: Walk): SettingSection {
  const schema = schemaAt(settingsSchema, walk.source.data, path)
  const description = schema === null || path.length > 1 ? null : docOf(schema).description
  return { name: pathText(path), description, settings: leaves(path, walk) }
}

function routeSections(walk: Walk): SettingSection[] {
  const routes = valueAt(walk.source.data, ['routes'])
  if (!Array.isArray(routes) || routes.length === 0) return []
  const settings = routes.map((_, at) => leaf(['routes', at], walk))
  return [{ name: 'routes', description: docOf(settingsSchema.shape.routes).description, settings }]
}

/** A mapping with known keys has a setting for each; anything else is one. Of channels only what was written is told. */
function leaves(path: Path, walk: Walk): Setting[] {
  const { data } = walk.source
  const keys = knownKeys(settingsSchema, data, path)
  if (keys.length === 0) return [leaf(path, walk)]
  const told =
    path[0] === 'channels' ? keys.filter((key) => valueAt(data, [...path, key]) !== undefined) : keys
  return told.flatMap((key) => leaves([...path, key], walk))
}

function leaf(path: Path, { source, secrets, env, server }: Walk): Setting {
  const schema = schemaAt(settingsSchema, source.data, path)
  const doc = schema === null ? null : docOf(schema)
  const written = valueAt(source.data, path)
  const shared = { path: pathText(path), description: doc?.description ?? null }
  const variable = path[0] === 'server' ? variableOf(path, env) : null
  if (variable !== null) {
    const value = doc?.secret === true ? dots : textOf(valueAt(server, path.slice(1)))
    return { ...shared, value, origin: { kind: 'environment', name: variable, line: null } }
  }
  if (written === undefined)
    return { ...shared, value: textOf(defaultOf(schema)), origin: { kind: 'default' } }
  const { line } = source.place(path)
  const text = textOf(written) ?? ''
  const name = /(?<!\$)\$\{(\w+)\}/.exec(text)?.[1]
  if (name !== undefined) return { ...shared, value: dots, origin: { kind: 'environment', name, line } }
  const value = doc?.secret === true ? dots : mask(withoutPaths(path, text), secrets)
  return { ...shared, value, origin: { kind: 'file', line } }
}

const dots = '•••'

/** Addresses that messages are sent to are keys: who knows the path may send. */
function withoutPaths([top]: Path, text: string): string {
  return top === 'channels' ? text.replaceAll(/(\bhttps?:\/\/[^\s/"']+)\/[^\s"',\]]+/gi, `$1/${dots}`) : text
}

function variableOf([, key]: Path, env: Environment): string | null {
  const name = serverVariables[key as keyof typeof serverVariables] as string | undefined
  if (name === undefined) return null
  return [name, `${name}_FILE`].find((one) => (env[one] ?? '') !== '') ?? null
}

function defaultOf(schema: z.ZodType | null): unknown {
  return schema instanceof z.ZodPrefault || schema instanceof z.ZodDefault ? schema.def.defaultValue : null
}

/** A value as it is written in YAML on one line. */
function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'string') return value
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value.join(', ')
  return JSON.stringify(value)
}
