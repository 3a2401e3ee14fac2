/** A field of a body or an answer, as the page shows it. */
export interface DocumentedField {
  readonly name: string
  /** "text", "number or null", "list of Evidence" */
  readonly type: string
  readonly isRequired: boolean
  readonly description: string
}

/** One thing that an address does. */
export interface DocumentedOperation {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly summary: string
  readonly description: string
  readonly parameters: readonly (DocumentedField & { readonly place: string })[]
  readonly body: {
    readonly type: string
    readonly name: string
    readonly fields: readonly DocumentedField[]
  } | null
  /** "200 Item", "201 NewItem" */
  readonly answers: readonly string[]
}

/** The API as the page tells of it. */
export interface ApiDocument {
  readonly version: string
  readonly description: string
  readonly groups: readonly { readonly name: string; readonly operations: readonly DocumentedOperation[] }[]
  readonly schemas: readonly {
    readonly name: string
    readonly description: string
    readonly fields: readonly DocumentedField[]
  }[]
}

type Json = Readonly<Record<string, unknown>>

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null

const at = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, key) => (isJson(inner) ? inner[key] : undefined), value)

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

const entries = (value: unknown): [string, Json][] =>
  isJson(value) ? Object.entries(value).filter((one): one is [string, Json] => isJson(one[1])) : []

/** Reads an OpenAPI document for the page: nothing is told there that is not in it. */
export function readDocument(document: unknown): ApiDocument {
  const operations = entries(at(document, 'paths')).flatMap(([path, methods]) =>
    entries(methods).map(([method, operation]) => readOperation(path, method, operation)),
  )
  const names = [...new Set(operations.map(({ group }) => group))]
  return {
    version: text(at(document, 'info', 'version')),
    description: text(at(document, 'info', 'description')),
    groups: names.map((name) => ({ name, operations: operations.filter(({ group }) => group === name) })),
    schemas: entries(at(document, 'components', 'schemas'))
      .map(([name, schema]) => ({ name, description: text(schema['description']), fields: fieldsOf(schema) }))
      .toSorted((a, b) => a.name.localeCompare(b.name)),
  }
}

function readOperation(
  path: string,
  method: string,
  operation: Json,
): DocumentedOperation & { readonly group: string } {
  const tags = operation['tags']
  const [contentType, content] = entries(at(operation, 'requestBody', 'content'))[0] ?? []
  const parameters = operation['parameters']
  return {
    id: `${method}${path.replace('/api/v1', '')}`.replaceAll(/[^a-z0-9]+/gi, '-').replaceAll(/^-|-$/g, ''),
    group: Array.isArray(tags) ? text(tags[0]) : '',
    ...{ method: method.toUpperCase(), path, summary: text(operation['summary']) },
    description: text(operation['description']),
    parameters: (Array.isArray(parameters) ? parameters : []).filter(isJson).map((one) => ({
      ...{ name: text(one['name']), place: text(one['in']), isRequired: one['required'] === true },
      type: typeOf(one['schema']),
      description: text(one['description']) || text(at(one, 'schema', 'description')),
    })),
    body:
      contentType === undefined
        ? null
        : { type: contentType, name: typeOf(content?.['schema']), fields: fieldsOf(content?.['schema']) },
    answers: entries(operation['responses'])
      .filter(([status]) => status.startsWith('2'))
      .map(([status, answer]) => {
        const types = entries(answer['content']).map(([type, { schema }]) => `${type}: ${typeOf(schema)}`)
        return [status, types.join(' or ')].join(' ').trim()
      }),
  }
}

function fieldsOf(schema: unknown): readonly DocumentedField[] {
  const required = at(schema, 'required')
  return entries(at(schema, 'properties')).map(([name, one]) => ({
    ...{ name, type: typeOf(one), description: text(one['description']) },
    isRequired: Array.isArray(required) && required.includes(name),
  }))
}

/** What a schema allows, in a few words. */
function typeOf(schema: unknown): string {
  if (!isJson(schema)) return 'anything'
  const name = text(schema['$ref']).split('/').at(-1) ?? ''
  if (name !== '') return name.replace(/Input$/, '')
  const choices = schema['anyOf'] ?? schema['oneOf']
  if (Array.isArray(choices)) return [...new Set(choices.map(typeOf))].join(' or ')
  if (Array.isArray(schema['enum'])) return schema['enum'].map(String).join(' | ')
  if ('const' in schema) return String(schema['const'])
  return plainTypeOf(schema)
}

const plainTypes: Readonly<Record<string, string>> = {
  integer: 'number',
  number: 'number',
  boolean: 'true or false',
  null: 'null',
}

function plainTypeOf(schema: Json): string {
  switch (schema['type']) {
    case 'array':
      return `list of ${typeOf(schema['items'])}`
    case 'object':
      return objectOf(schema)
    case 'string':
      return schema['format'] === 'date-time' ? 'time' : 'text'
    default:
      return plainTypes[text(schema['type'])] ?? 'anything'
  }
}

function objectOf(schema: Json): string {
  const names = entries(schema['properties']).map(([name]) => name)
  return names.length === 0 ? 'object' : `{ ${names.join(', ')} }`
}
