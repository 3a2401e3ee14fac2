import fc from 'fast-check'
import type { OpenApi, Operation } from './api-server.ts'

/** Texts that break what was not written for them. */
export const nasty: readonly string[] = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  '\udfff\ud800',
  '\u202eabc',
  '<script>alert(1)</script>',
  "'; drop table entry; --",
  '../../../etc/passwd',
  '%00',
  '${7*7}',
  '1e309',
  '-1',
  '9223372036854775808',
  '99999999999999999999999999',
  'NaN',
  'null',
  '__proto__',
  'constructor',
  '2025-02-31',
  '9999-12-31T23:59:59Z',
  '275760-09-13',
  '🦄'.repeat(2000),
  '(((((((((("',
  'x'.repeat(100_000),
  'http://[::1',
  'javascript:alert(1)',
  'file:///etc/passwd',
]

export const nastyValues: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    ...nasty,
    null,
    true,
    false,
    0,
    -0,
    -1,
    1.5,
    2 ** 53,
    1e308,
    -1e308,
    [],
    {},
    [[]],
    [null],
  ),
  fc.string({ unit: 'binary', maxLength: 50 }),
  fc.jsonValue(),
)

export type Schema = Readonly<Record<string, unknown>>

/** Values that nearly fit a schema: so that what is behind the first check is reached, too. */
export function valueFor(schema: Schema, document: OpenApi, depth = 0): fc.Arbitrary<unknown> {
  const { $ref, type, properties, items, anyOf, oneOf } = schema as {
    $ref?: string
    type?: string
    properties?: Readonly<Record<string, Schema>>
    items?: Schema
    anyOf?: readonly Schema[]
    oneOf?: readonly Schema[]
  }
  if (depth > 5) return nastyValues
  if ($ref !== undefined) {
    const named = document.components.schemas[$ref.split('/').at(-1) ?? '']
    return valueFor((named ?? {}) as Schema, document, depth + 1)
  }
  const choices = anyOf ?? oneOf
  if (choices !== undefined) return fc.oneof(...choices.map((one) => valueFor(one, document, depth + 1)))
  if ('const' in schema) return fc.constant(schema['const'])
  if (Array.isArray(schema['enum'])) return fc.constantFrom<unknown>(...(schema['enum'] as unknown[]))
  switch (type) {
    case 'object':
      return fc.record(
        Object.fromEntries(
          Object.entries(properties ?? {}).map(([name, one]) => [
            name,
            mostly(valueFor(one, document, depth + 1)),
          ]),
        ),
        { requiredKeys: (schema['required'] as string[] | undefined) ?? [] },
      )
    case 'array':
      return fc.array(valueFor(items ?? {}, document, depth + 1), { maxLength: 4 })
    case 'string':
      return fc.oneof(
        fc.constantFrom('falcon', 'Falcon 3', 'release', 'acme.com', '7d', '2025-10-01', 'press.test'),
        fc.string(),
      )
    case 'number':
    case 'integer':
      return fc.oneof(fc.integer({ min: 1, max: 5 }), fc.double())
    case 'boolean':
      return fc.boolean()
    default:
      return nastyValues
  }
}

export function mostly(fitting: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 4, arbitrary: fitting }, { weight: 1, arbitrary: nastyValues })
}

/** A text in an address; those that no address can hold are written as browsers do. */
function inAddress(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return encodeURIComponent(text.toWellFormed().slice(0, 3000))
}

export function addressFor(
  template: string,
  { parameters = [] }: Operation,
  document: OpenApi,
): fc.Arbitrary<string> {
  const of = (place: string) => parameters.filter((one) => one.in === place)
  const known = fc.constantFrom<unknown>('falcon', '1', 'console', '00000000-0000-4000-8000-000000000000')
  return fc
    .record({
      path: fc.tuple(...of('path').map(() => fc.oneof(known, known, nastyValues))),
      query: fc.tuple(...of('query').map(({ schema }) => fc.option(mostly(valueFor(schema, document))))),
    })
    .map(({ path, query }) => {
      const filled = of('path').reduce(
        (address, { name }, at) => address.replace(`{${name}}`, inAddress(path[at]) || 'x'),
        template,
      )
      const asked = of('query').flatMap(({ name }, at) =>
        query[at] === null ? [] : [`${name}=${inAddress(query[at])}`],
      )
      return asked.length === 0 ? filled : `${filled}?${asked.join('&')}`
    })
}

/** The operations of a document: path, method in small letters, and what it says of them. */
export function operationsOf(document: OpenApi): [string, string, Operation][] {
  return Object.entries(document.paths).flatMap(([path, all]) =>
    Object.entries(all).map(([method, operation]): [string, string, Operation] => [path, method, operation]),
  )
}
