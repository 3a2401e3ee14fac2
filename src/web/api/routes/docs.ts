import { z } from 'zod'
import { viewerOf } from '../../viewer.ts'
import type { ApiApp } from '../app.ts'
import { renderDocsPage } from '../docs-page.tsx'
import { readDocument, type ApiDocument } from '../document.ts'

/** The description of the API, for programs and for people. */
export function docsRoutes(app: ApiApp): void {
  // the routes do not change while the server runs
  let document: ApiDocument | null = null
  app.get(
    '/openapi.json',
    {
      config: { needs: 'nothing' },
      schema: {
        tags: ['About'],
        summary: 'This description, as an OpenAPI 3.1 document',
        response: { 200: z.looseObject({ openapi: z.string() }) },
      },
    },
    () => app.swagger() as unknown as { openapi: string },
  )
  app.get(
    '/docs',
    {
      config: { needs: 'read' },
      schema: {
        tags: ['About'],
        summary: 'This description, as a page',
        response: { 200: { description: 'A page', content: { 'text/html': { schema: z.string() } } } },
      },
    },
    async (request, reply) => {
      document ??= readDocument(app.swagger())
      const base = `${request.protocol}://${request.host}`
      const page = renderDocsPage(document, { base, viewer: viewerOf(request) })
      return reply.type('text/html; charset=utf-8').serializer(String).send(page)
    },
  )
}
