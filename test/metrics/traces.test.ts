import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTraces } from '../../src/metrics/traces.ts'

interface Sent {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly { key: string; value: { stringValue?: string } }[] }
    readonly scopeSpans: readonly {
      readonly spans: readonly {
        readonly name: string
        readonly spanId: string
        readonly parentSpanId?: string
        readonly status: { readonly code?: number }
        readonly attributes: readonly { key: string; value: { intValue?: number } }[]
      }[]
    }[]
  }[]
}

const about = { version: '0.1.0', kind: 'worker', id: 'abc' }
const sent: { readonly path: string; readonly body: Sent }[] = []
let collector: Server
let endpoint: string

beforeAll(async () => {
  collector = createServer((request, response) => {
    void json(request).then((body) => {
      sent.push({ path: request.url ?? '', body: body as Sent })
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
  })
  collector.listen(0, '127.0.0.1')
  await once(collector, 'listening')
  endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`
})

afterAll(() => collector.close())

test('without a collector nothing is traced', async () => {
  expect(await openTraces({}, about)).toBeNull()
  expect(await openTraces({ OTEL_EXPORTER_OTLP_ENDPOINT: '' }, about)).toBeNull()
})

test('spans go to the collector, those below others with their parents, failed ones as such', async () => {
  const traces = await openTraces({ OTEL_EXPORTER_OTLP_ENDPOINT: `${endpoint}/` }, about)
  if (traces === null) throw new Error('nothing is traced')
  const { tracer } = traces
  const result = await tracer.span({ name: 'ingest', attributes: { polls: 3 } }, async () => {
    await Promise.resolve()
    return tracer.span({ name: 'judge', attributes: {} }, () => Promise.resolve('judged'))
  })
  expect(result).toBe('judged')
  const failing = tracer.span({ name: 'deliver', attributes: {} }, () =>
    Promise.reject(new Error('no route')),
  )
  await expect(failing).rejects.toThrow('no route')
  await traces.close()
  expect(sent.map(({ path }) => path)).toEqual(['/v1/traces'])
  const [batch] = sent[0]?.body.resourceSpans ?? []
  expect(batch?.resource.attributes).toContainEqual({
    key: 'service.name',
    value: { stringValue: 'openwatch' },
  })
  const spans = batch?.scopeSpans.flatMap((scope) => scope.spans) ?? []
  const [judge, ingest, deliver] = spans
  expect(spans.map(({ name }) => name)).toEqual(['judge', 'ingest', 'deliver'])
  expect(judge?.parentSpanId).toBe(ingest?.spanId)
  expect(ingest?.parentSpanId ?? '').toBe('')
  expect(ingest?.attributes).toContainEqual({ key: 'polls', value: { intValue: 3 } })
  expect(deliver?.status.code).toBe(2)
})

test('a collector that is away keeps nobody waiting', async () => {
  const traces = await openTraces({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://127.0.0.1:1/' }, about)
  await traces?.tracer.span({ name: 'ingest', attributes: {} }, () => Promise.resolve())
  const began = performance.now()
  await traces?.close()
  expect(performance.now() - began).toBeLessThan(2500)
})
