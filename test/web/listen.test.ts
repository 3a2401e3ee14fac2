import { createServer } from 'node:net'
import fastify from 'fastify'
import { expect, onTestFinished, test } from 'vitest'
import { openPort } from '../../src/web/listen.ts'

function open(host: string, port: number) {
  const app = fastify()
  onTestFinished(() => app.close())
  return openPort(app, { host, port }, 'this-one')
}

test('an address of another machine is refused, with the settings to change', async () => {
  const failed = open('192.0.2.1', 0)
  await expect(failed).rejects.toThrow('192.0.2.1 is no address of this machine')
  await expect(failed).rejects.toThrow(/server\.host .*OPENWATCH_HOST/)
})

test('a host without an address is refused, with the settings to change', async () => {
  await expect(open('no-such-host.invalid', 0)).rejects.toThrow(
    /no-such-host\.invalid cannot be looked up; set server\.host .*OPENWATCH_HOST/,
  )
})

// Root may open every port, and where the system allows all ports to everybody there is nothing to refuse.
test.skipIf(await mayOpen(81))('a port for root only is refused, with the settings to change', async () => {
  await expect(open('127.0.0.1', 81)).rejects.toThrow(
    /port 81 of 127\.0\.0\.1 may not be opened .*server\.port .*OPENWATCH_PORT/,
  )
})

test('a free port is opened', async () => {
  expect(await open('127.0.0.1', 0)).toMatchObject({ address: '127.0.0.1' })
})

function mayOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
