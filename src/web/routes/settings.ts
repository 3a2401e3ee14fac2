import type { FastifyInstance } from 'fastify'
import type { Environment } from '../../config/environment.ts'
import { showSettings } from '../../pipeline/show-settings.ts'
import type { Desk } from '../desk.ts'
import { renderSettingsPage } from '../pages/settings-page.tsx'
import { viewerOf } from '../viewer.ts'

/** The page /settings. */
export function settingsRoutes(desk: Desk, env: Environment = process.env) {
  return (app: FastifyInstance, _options: object, done: () => void): void => {
    app.get('/settings', async (request, reply) => {
      const settings = await showSettings(desk.config(), { env, now: desk.clock.now() })
      const viewer = viewerOf(request)
      return reply.type('text/html; charset=utf-8').send(renderSettingsPage({ viewer, settings }))
    })
    done()
  }
}
