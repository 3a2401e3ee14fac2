import fastify, { type FastifyInstance, type FastifyPluginCallback } from 'fastify'

/** The metrics of this process as text. */
export interface MetricsText {
  readonly contentType: string
  text(): Promise<string>
}

/** What a process without a page tells of itself. */
export interface HealthParts {
  readonly installation: string
  /** Null when ready, else the reason why not. */
  readonly notReady: () => Promise<string | null>
  readonly metrics: MetricsText
}

/** `/metrics` for Prometheus. Who may read the report may not read this: it names channels. */
export function metricsRoutes(metrics: MetricsText): FastifyPluginCallback {
  return (app, _options, done) => {
    app.get('/metrics', { config: { needs: 'read', openLocally: true } }, async (_request, reply) =>
      reply.type(metrics.contentType).send(await metrics.text()),
    )
    done()
  }
}

/** Builds the small server of `server.metricsPort`, without listening: metrics and health, and nothing else. */
export function buildHealthServer({ installation, notReady, metrics }: HealthParts): FastifyInstance {
  const app = fastify({ logger: false, forceCloseConnections: true })
  app.register(metricsRoutes(metrics))
  app.get('/healthz', () => ({ status: 'ok', program: 'openwatch', installation }))
  app.get('/readyz', async (_request, reply) => {
    const reason = await notReady()
    if (reason === null) return { status: 'ready' }
    return reply.code(503).send({ status: 'not ready', reason })
  })
  return app
}
