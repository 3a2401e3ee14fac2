import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createFetcher, type Fetcher } from '../../src/feeds/fetch.ts'
import { proxyFrom } from '../../src/feeds/proxy.ts'
import { startFeedServer, type FeedServer } from '../support/feed-server.ts'

const nothing = { etag: null, lastModified: null }
let proxy: Server
let asked: string[]
let server: FeedServer
let fetcher: Fetcher

function fetcherWith(env: Readonly<Record<string, string>>): Fetcher {
  return createFetcher({
    timeouts: { connectMs: 1000, headersMs: 1000, bodyMs: 1000 },
    maxBodyBytes: 1_000_000,
    userAgent: 'test',
    allowPrivateHosts: ['127.0.0.1'],
    proxy: proxyFrom(env),
  })
}

beforeEach(async () => {
  asked = []
  proxy = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.writeHead(200, { 'content-type': 'text/xml' }).end('<rss/>')
  })
  proxy.on('connect', (request, socket) => {
    asked.push(`tunnel to ${request.url}`)
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
  server = await startFeedServer()
  fetcher = fetcherWith({ HTTP_PROXY: address, https_proxy: address, NO_PROXY: 'direct.example' })
})

afterEach(async () => {
  await fetcher.close()
  await server.close()
  proxy.closeAllConnections()
  await new Promise((resolve) => proxy.close(resolve))
})

test('feeds are asked for through the proxy, which looks their hosts up', async () => {
  expect(await fetcher.fetch('http://feeds.example/a', nothing)).toMatchObject({ kind: 'fetched' })
  expect(asked).toEqual(['http://feeds.example/a'])
})

test('an encrypted feed goes through a tunnel', async () => {
  expect(await fetcher.fetch('https://feeds.example/a', nothing)).toMatchObject({ kind: 'failed' })
  expect(asked).toEqual(['tunnel to feeds.example:443'])
})

test('the own network, and what NO_PROXY names, are asked directly; private addresses are refused as ever', async () => {
  server.set('/a', { body: '<rss/>' })
  expect(await fetcher.fetch(`${server.url}/a`, nothing)).toMatchObject({ kind: 'fetched' })
  expect(await fetcher.fetch('http://direct.example/a', nothing)).toMatchObject({ code: 'dns' })
  expect(await fetcher.fetch('http://10.0.0.1/a', nothing)).toMatchObject({ code: 'forbidden-address' })
  expect(asked).toEqual([])
})

describe('the environment', () => {
  test('without proxies means none', () => {
    expect(proxyFrom({ NO_PROXY: '*', HTTP_PROXY: '' })).toBeNull()
  })

  test('names a variable that is no address, without its value', () => {
    expect(() => proxyFrom({ HTTPS_PROXY: 'user:secret@proxy' })).toThrow(/^HTTPS_PROXY is no address/)
  })

  test('names a variable whose password cannot be read, without its value, and takes it as it is to be written', () => {
    const proxy = (password: string) =>
      proxyFrom({ HTTP_PROXY: `http://jane:${password}@proxy.example:3128` })
    expect(() => proxy('50%off')).toThrow(/^HTTP_PROXY has a user or password [^5]*%25 there$/)
    expect(proxy('50%25off')).not.toBeNull()
  })
})
