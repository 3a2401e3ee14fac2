import { Ajv2020 } from 'ajv/dist/2020.js'
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import { expect } from 'vitest'
import { pagesOver } from '../../support/pages.ts'
import type { TestSystem } from '../../support/system.ts'

/** The API of a test system. Every answer is held against the OpenAPI document. */
export interface ApiServer {
  readonly app: FastifyInstance
  /** What could not be answered. */
  readonly faults: unknown[]
  readonly document: OpenApi
  /** Asks under /api/v1. Fails where the answer is not as the document says. */
  ask(
    method: Method,
    path: string,
    more?: Omit<InjectOptions, 'method' | 'url'>,
  ): Promise<LightMyRequestResponse>
  close(): Promise<void>
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** The parts of an OpenAPI document that tests read. */
export interface OpenApi {
  readonly openapi: string
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, object>> }
}

export interface Operation {
  readonly summary?: string
  readonly description?: string
  readonly tags?: readonly string[]
  readonly parameters?: readonly {
    readonly name: string
    readonly in: 'path' | 'query' | 'header'
    readonly schema: Readonly<Record<string, unknown>>
  }[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: object }>> }
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object }>> }>
  >
}

export async function startApi(system: TestSystem): Promise<ApiServer> {
  const faults: unknown[] = []
  const app = pagesOver(system, {
    onFault: (error) => {
      faults.push(error)
      if (process.env['API_FAULTS']) console.error(error)
    },
  })
  await app.ready()
  const document: OpenApi = (await app.inject('/api/v1/openapi.json')).json()
  const check = checker(document)
  return {
    app,
    faults,
    document,
    async ask(method, path, more = {}) {
      const answer = await app.inject({ method, url: `/api/v1${path}`, ...more })
      check(method, path, answer)
      return answer
    },
    close: () => app.close(),
  }
}

/** Holds an answer against the document: a status and a media type that it names, and a body of that shape. */
function checker(document: OpenApi) {
  const ajv = new Ajv2020({ strict: false, validateFormats: false })
  ajv.addSchema({ $id: 'openapi', components: document.components })
  return (method: Method, path: string, answer: LightMyRequestResponse): void => {
    const operation = operationAt(document, method, path.split('?')[0] ?? '')
    if (operation === null) return
    const { statusCode } = answer
    if (statusCode === 304) return
    const told = operation.responses[statusCode] ?? operation.responses[`${String(statusCode)[0]}XX`]
    expect(told, `${method} ${path} answered ${statusCode}, which the document does not name`).toBeDefined()
    const type = (answer.headers['content-type'] ?? '').toString().split(';')[0] ?? ''
    if (told?.content === undefined) return
    const schema = told.content[type]?.schema
    expect(schema, `${method} ${path} answered ${type}, which the document does not name`).toBeDefined()
    if (!type.endsWith('json')) return
    const valid = ajv.compile(rooted(schema ?? {}))
    const bodies = type.endsWith('ndjson') ? answer.body.trim().split('\n') : [answer.body]
    for (const body of bodies)
      expect(valid(JSON.parse(body)), `${method} ${path}: ${ajv.errorsText(valid.errors)}`).toBe(true)
  }
}

/** The schema with references into the document of the checker. */
function rooted(schema: object): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"openapi#/components/')) as object
}

/** The operation that serves a path; null where the document names none. */
function operationAt(document: OpenApi, method: Method, path: string): Operation | null {
  const parts = path.split('/')
  const fits = (template: string) => {
    const wanted = template.replace('/api/v1', '').split('/')
    return (
      wanted.length === parts.length && wanted.every((part, at) => part.startsWith('{') || part === parts[at])
    )
  }
  const exact = document.paths[`/api/v1${path}`]
  const found = exact ?? Object.entries(document.paths).find(([template]) => fits(template))?.[1]
  return found?.[method.toLowerCase()] ?? null
}
