import { z } from 'zod'
import type { ApiApp } from '../app.ts'

/** The description of the API, for programs and for people. */
export function docsRoutes(app: ApiApp): void {
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
}
