import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'

/** A file that pages refer to. */
interface Asset {
  readonly type: string
  readonly body: string
  /** Changes with the content, so that browsers may keep what they have for good. */
  readonly version: string
}

const directory = new URL('./assets/', import.meta.url)

/** All stylesheets as one: what pages share first, then each page's own, by name. */
export const stylesheet: string = named('.css')
  .toSorted((a, b) => Number(b === 'base.css') - Number(a === 'base.css') || a.localeCompare(b))
  .map(read)
  .join('\n')

const assets: ReadonlyMap<string, Asset> = new Map([
  ['openwatch.css', asset('text/css; charset=utf-8', stylesheet)],
  ['icon.svg', asset('image/svg+xml', read('icon.svg'))],
  ...named('.js').map((name) => [name, asset('text/javascript; charset=utf-8', read(name))] as const),
])

/** Where a page finds a file of src/web/assets. Throws when there is none of that name. */
export function assetHref(name: string): string {
  const known = assets.get(name)
  if (known === undefined) throw new Error(`there is no asset "${name}" in ${directory.pathname}`)
  return `/assets/${name}?v=${known.version}`
}

/** Serves the stylesheet and the scripts of the pages. */
export function assetRoutes(app: FastifyInstance, _options: object, done: () => void): void {
  for (const [name, { type, body, version }] of assets)
    app.get<{ Querystring: { v?: string } }>(
      `/assets/${name}`,
      { config: { needs: 'nothing', rateLimit: false } },
      (request, reply) => {
        const isExact = request.query.v === version
        reply.header('cache-control', isExact ? 'public, max-age=31536000, immutable' : 'no-cache')
        return reply.type(type).send(body)
      },
    )
  done()
}

function named(ending: string): string[] {
  return readdirSync(directory).filter((name) => name.endsWith(ending))
}

function read(name: string): string {
  return readFileSync(new URL(name, directory), 'utf8')
}

function asset(type: string, body: string): Asset {
  return { type, body, version: createHash('sha256').update(body).digest('base64url').slice(0, 10) }
}
