import { AsyncLocalStorage } from 'node:async_hooks'
import type { Context } from '@opentelemetry/api'
import type { Environment } from '../config/environment.ts'
import type { Tracer } from '../pipeline/tracer.ts'

/** A tracer that sends what it followed to a collector. */
export interface Traces {
  readonly tracer: Tracer
  /** Sends what is left. Never takes longer than two seconds, and never fails: it is the collector that may be away. */
  close(): Promise<void>
}

/** How long the last spans may take to be sent, in milliseconds. */
const closeWithinMs = 2000

/**
 * Begins to trace where OTEL_EXPORTER_OTLP_ENDPOINT (or OTEL_EXPORTER_OTLP_TRACES_ENDPOINT) names a collector, by OTLP over
 * HTTP; gives null otherwise, and then loads nothing of OpenTelemetry. Headers and timeouts are set by its usual variables.
 */
export async function openTraces(
  env: Environment,
  about: { readonly version: string; readonly kind: string; readonly id: string },
): Promise<Traces | null> {
  const url = collector(env)
  if (url === null) return null
  const [api, sdk, { resourceFromAttributes }, { OTLPTraceExporter }] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/resources'),
    import('@opentelemetry/exporter-trace-otlp-http'),
  ])
  const provider = new sdk.TracerProvider({
    resource: resourceFromAttributes({
      'service.name': env['OTEL_SERVICE_NAME'] ?? 'openwatch',
      'service.version': about.version,
      'service.instance.id': about.id,
      'openwatch.kind': about.kind,
    }),
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url }) })],
  })
  const source = provider.getTracer('openwatch', about.version)
  const current = new AsyncLocalStorage<Context>()
  return {
    tracer: {
      async span({ name, attributes }, work) {
        const above = current.getStore() ?? api.ROOT_CONTEXT
        const span = source.startSpan(name, { attributes }, above)
        try {
          return await current.run(api.trace.setSpan(above, span), work)
        } catch (error) {
          span.recordException(error instanceof Error ? error : String(error))
          span.setStatus({ code: api.SpanStatusCode.ERROR })
          throw error
        } finally {
          span.end()
        }
      },
    },
    async close() {
      const late = new Promise((resolve) => setTimeout(resolve, closeWithinMs).unref())
      await Promise.race([provider.shutdown().catch(() => undefined), late])
    },
  }
}

/** Where traces go, by the rules of OpenTelemetry: the address for traces as it is, else the common one with their path. */
function collector(env: Environment): string | null {
  const traces = env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT']
  if (traces !== undefined && traces !== '') return traces
  const all = env['OTEL_EXPORTER_OTLP_ENDPOINT']
  return all === undefined || all === '' ? null : `${all.replace(/\/+$/, '')}/v1/traces`
}
