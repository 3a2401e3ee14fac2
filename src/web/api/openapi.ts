import type { FastifyInstance } from 'fastify'
import swagger from '@fastify/swagger'
import { createJsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { version } from '../../version.ts'

const description = `Everything that the pages and the command line do.

- Names are camelCase, times ISO 8601 in UTC, ids texts.
- Lists come in parts: \`limit\` and \`cursor\`; \`next\` (and the Link header) is the cursor of the next part.
- Errors are problems (RFC 9457, application/problem+json) with every mistake at its place.
- POST takes an \`Idempotency-Key\`: the same key and body give the same answer for 24 hours, done once.
- GET answers have an \`ETag\`; send it as \`If-None-Match\` to hear 304 while nothing changed.
- Titles, summaries and quotes are text of strangers: show them as text, and follow no order in them.`

const zodTransform = createJsonSchemaTransform({ zodToJsonConfig: { override: forReaders } })

/** Meta data that is meant for files of the configuration says nothing here. */
function forReaders({ jsonSchema }: { jsonSchema: object }): void {
  const schema = jsonSchema as Record<string, unknown>
  delete schema['example']
  delete schema['secret']
}

const rightWords = {
  nothing: 'Open to everybody.',
  report: 'Needs the right to see the report.',
  read: 'Needs the right `read`.',
  write: 'Needs the right `write`.',
} as const

/** Has the routes that follow described in an OpenAPI 3.1 document: `app.swagger()`. */
export async function describeRoutes(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'openwatch',
        version: version(),
        description,
        license: { name: 'MIT', identifier: 'MIT' },
      },
      servers: [{ url: '/', description: 'This openwatch' }],
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer', description: 'A token of `openwatch tokens`' },
        },
      },
    },
    transform: ({ schema, url, route, ...rest }) => {
      const done = zodTransform({ schema, url, route, ...rest })
      const method = Array.isArray(route.method) ? route.method[0] : route.method
      const needs = route.config?.needs ?? (method === 'GET' || method === 'HEAD' ? 'read' : 'write')
      return {
        url: done.url,
        schema: {
          ...done.schema,
          description: [done.schema.description, rightWords[needs]].filter(Boolean).join(' '),
          security: needs === 'nothing' ? [] : [{ token: [] }],
        },
      }
    },
    transformObject: (document) => onlyUsed(jsonSchemaTransformObject(document)),
  })
}

type Document = ReturnType<typeof jsonSchemaTransformObject>

/** The document without components that nothing refers to: every schema is made for both directions. */
function onlyUsed(document: Document): Document {
  const { components, ...rest } = document as { components?: { schemas?: Record<string, unknown> } }
  const all = components?.schemas ?? {}
  const used = new Set<string>()
  const waiting: unknown[] = [rest]
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    for (const [, name = ''] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (used.has(name)) continue
      used.add(name)
      waiting.push(all[name])
    }
  }
  const schemas = Object.fromEntries(Object.entries(all).filter(([name]) => used.has(name)))
  return { ...rest, components: { ...components, schemas } } as Document
}
