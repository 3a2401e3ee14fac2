import { expect, test } from 'vitest'
import { createAddressGuard, isPublicAddress } from '../../src/feeds/address-guard.ts'
import { createFetcher } from '../../src/feeds/fetch.ts'
import { startFeedServer } from '../support/feed-server.ts'

test.each([
  '127.0.0.1',
  '10.1.2.3',
  '172.16.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.100.100.200',
  '168.63.129.16',
  '0.0.0.0',
  '224.0.0.1',
  '255.255.255.255',
  '::1',
  '::',
  'fe80::1',
  'fd00:ec2::254',
  'ff02::1',
  '::ffff:127.0.0.1',
  '::ffff:a9fe:a9fe',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
])('%s is not of the public internet', (address) => {
  expect(isPublicAddress(address)).toBe(false)
})

test.each(['1.1.1.1', '151.101.1.140', '2606:4700::1111', '64:ff9b::101:101', '::ffff:1.1.1.1'])(
  '%s is of the public internet',
  (address) => {
    expect(isPublicAddress(address)).toBe(true)
  },
)

test('an allowed host, address or range may be private', () => {
  const guard = createAddressGuard(['Intranet.example', '10.9.0.0/16', '[::1]'])
  expect(() => guard.checkHost('10.9.3.4')).not.toThrow()
  expect(() => guard.checkHost('[::1]')).not.toThrow()
  expect(() => guard.checkHost('10.8.3.4')).toThrow(/allowPrivateHosts/)
})

function lookUp(host: string, allowed: readonly string[], all: boolean): Promise<unknown> {
  return new Promise((resolve, reject) => {
    createAddressGuard(allowed).lookup(host, { all, family: 4 }, (error, address) => {
      if (error === null) resolve(address)
      else reject(error)
    })
  })
}

test('a name gives only addresses that may be reached, at the moment of connecting', async () => {
  await expect(lookUp('localhost', [], false)).rejects.toThrow(/private address/)
  await expect(lookUp('localhost', [], true)).rejects.toThrow(/private address/)
  await expect(lookUp('localhost', ['localhost'], false)).resolves.toBe('127.0.0.1')
  await expect(lookUp('localhost', ['127.0.0.0/8'], true)).resolves.toEqual([
    { address: '127.0.0.1', family: 4 },
  ])
})

test.each(['http://127.0.0.1', 'http://2130706433', 'http://0x7f.1', 'http://[::1]', 'http://localhost'])(
  '%s is refused and nothing is sent, whatever the spelling',
  async (host) => {
    const server = await startFeedServer()
    const fetcher = createFetcher({
      timeouts: { connectMs: 500, headersMs: 500, bodyMs: 500 },
      maxBodyBytes: 1000,
      userAgent: 'test',
      allowPrivateHosts: [],
    })
    const outcome = await fetcher.fetch(`${host}:${new URL(server.url).port}/feed`, {
      etag: null,
      lastModified: null,
    })
    await fetcher.close()
    await server.close()
    expect(outcome).toMatchObject({ kind: 'failed', code: 'forbidden-address' })
    expect(server.requests).toEqual([])
  },
)
