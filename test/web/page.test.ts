import fastify from 'fastify'
import { expect, test } from 'vitest'
import { openPage, type PageOptions } from '../../src/web/page.ts'

function options(
  port: number,
  installation: string,
  takenOver: (address: string) => void = () => undefined,
): PageOptions {
  return {
    build: () => {
      const app = fastify()
      app.get('/healthz', () => ({ program: 'openwatch', installation }))
      return app
    },
    server: { host: '127.0.0.1', port },
    installation,
    takenOver,
    everyMs: 50,
  }
}

const portOf = (address: string) => Number(new URL(address).port)

test('the process that is left takes the page over from the one that ends', async () => {
  const first = await openPage(options(0, 'one'))
  const taken: string[] = []
  const second = await openPage(options(portOf(first.address()), 'one', (address) => taken.push(address)))
  expect(second.isOwn()).toBe(false)
  expect(second.address()).toBe(first.address())
  await first.close()
  await expect.poll(() => taken).toEqual([first.address()])
  expect(second.isOwn()).toBe(true)
  expect((await fetch(`${second.address()}healthz`)).status).toBe(200)
  await second.close()
  await expect(fetch(first.address())).rejects.toThrow()
})

test('a stranger on the port is an error that says what to set', async () => {
  const stranger = await openPage(options(0, 'another'))
  await expect(openPage(options(portOf(stranger.address()), 'one'))).rejects.toThrow('OPENWATCH_PORT')
  await stranger.close()
})

test('a process that stands by ends without having had the page', async () => {
  const first = await openPage(options(0, 'one'))
  const second = await openPage(options(portOf(first.address()), 'one'))
  await second.close()
  expect((await fetch(`${first.address()}healthz`)).status).toBe(200)
  await first.close()
})
