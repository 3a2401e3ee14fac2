import { z } from 'zod'
import { version } from '../../../version.ts'
import { maskedConfig } from '../../../config/config.ts'
import type { ApiApp, ApiParts } from '../app.ts'

/** The effective configuration, and how openwatch itself is. */
export function aboutRoutes(app: ApiApp, { desk, notReady }: ApiParts): void {
  app.get(
    '/settings',
    {
      schema: {
        tags: ['About'],
        summary: 'The configuration in use; passwords, keys and what came from the environment are •••',
        response: { 200: z.record(z.string(), z.unknown()).meta({ description: 'As in openwatch.yaml' }) },
      },
    },
    () => JSON.parse(JSON.stringify(maskedConfig(desk.config()))) as Record<string, unknown>,
  )
  app.get(
    '/health',
    {
      config: { needs: 'nothing' },
      schema: {
        tags: ['About'],
        summary: 'Whether openwatch can do its work',
        response: {
          200: z.object({
            isReady: z.boolean(),
            reason: z.string().nullable().meta({ description: 'Why it is not ready' }),
          }),
        },
      },
    },
    async () => {
      const reason = await notReady()
      return { isReady: reason === null, reason }
    },
  )
  app.get(
    '/version',
    {
      schema: {
        tags: ['About'],
        summary: 'Which openwatch this is',
        response: { 200: z.object({ program: z.literal('openwatch'), version: z.string() }) },
      },
    },
    () => ({ program: 'openwatch' as const, version: version() }),
  )
}
