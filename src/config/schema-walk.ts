import { z } from 'zod'
import type { Path } from './problem.ts'

/** What a schema says of itself for people. */
export interface Doc {
  readonly description: string | null
  readonly example: string | null
  readonly secret: boolean
}

/** The schema of the value at `path`; null where the path leaves the schema. `data` chooses among alternatives. */
export function schemaAt(schema: z.ZodType, data: unknown, path: Path): z.ZodType | null {
  let at: z.ZodType | null = schema
  let value = data
  for (const part of path) {
    at = at === null ? null : childOf(bare(at, value), part)
    value = partOf(value, part)
  }
  return at
}

/** The keys that the mapping at `path` may have; none where it is no mapping with fixed keys. */
export function knownKeys(schema: z.ZodType, data: unknown, path: Path): string[] {
  const at = schemaAt(schema, data, path)
  const object = at === null ? null : bare(at, valueAt(data, path))
  return object instanceof z.ZodObject ? Object.keys(object.shape) : []
}

/** The doc line and example of a schema, looked for through its wrappers. */
export function docOf(schema: z.ZodType): Doc {
  const meta = schema.meta() ?? {}
  const inner = unwrapped(schema)
  const below = inner === null ? { description: null, example: null, secret: false } : docOf(inner)
  const { example } = meta
  return {
    description: meta.description ?? below.description,
    example: typeof example === 'string' || typeof example === 'number' ? String(example) : below.example,
    secret: meta['secret'] === true || below.secret,
  }
}

/** Every text in `data` that its schema calls a secret. */
export function secretTexts(schema: z.ZodType, data: unknown): string[] {
  if (typeof data === 'string') return docOf(schema).secret ? [data] : []
  if (typeof data !== 'object' || data === null) return []
  const object = bare(schema, data)
  return Object.entries(data).flatMap(([key, value]) => {
    const child = childOf(object, Array.isArray(data) ? Number(key) : key)
    return child === null ? [] : secretTexts(child, value)
  })
}

/** The value at a path of plain data; undefined where there is none. */
export function valueAt(data: unknown, path: Path): unknown {
  return path.reduce(partOf, data)
}

function partOf(value: unknown, part: string | number): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined
  return (value as Record<string | number, unknown>)[part]
}

function unwrapped(schema: z.ZodType): z.ZodType | null {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault
  ) {
    return schema.unwrap() as z.ZodType
  }
  if (!(schema instanceof z.ZodPipe)) return null
  // A preprocess step is a transform in front, a transform step one behind: the schema is the other side.
  return (schema.in instanceof z.ZodTransform ? schema.out : schema.in) as z.ZodType
}

function bare(schema: z.ZodType, data: unknown): z.ZodType {
  const inner = unwrapped(schema)
  if (inner !== null) return bare(inner, data)
  return schema instanceof z.ZodDiscriminatedUnion ? alternative(schema, data) : schema
}

function alternative(union: z.ZodDiscriminatedUnion, data: unknown): z.ZodType {
  const key = union.def.discriminator
  const fits = (option: unknown) =>
    option instanceof z.ZodObject &&
    option.shape[key] instanceof z.ZodLiteral &&
    option.shape[key].values.has(partOf(data, key) as string)
  return (union.options.find(fits) as z.ZodType | undefined) ?? union
}

function childOf(schema: z.ZodType, part: string | number): z.ZodType | null {
  if (schema instanceof z.ZodObject) {
    const shape = schema.shape as Record<string, z.ZodType>
    // `valueOf` and its like are keys that anybody may write
    return Object.hasOwn(shape, part) ? (shape[part] ?? null) : null
  }
  if (schema instanceof z.ZodArray) return schema.element as z.ZodType
  if (schema instanceof z.ZodRecord) return schema.valueType as z.ZodType
  return null
}
