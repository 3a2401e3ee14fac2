import { fastifyCookie } from '@fastify/cookie'
import fastify, { type FastifyInstance } from 'fastify'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createAccess } from '../../src/web/access/access.ts'
import { guard, maySee } from '../../src/web/access/gate.ts'
import { createLiveBoard, type LiveBoard } from '../../src/web/board-snapshot.ts'
import { eventRoutes } from '../../src/web/routes/events.ts'
import { accessWorld, type AccessServer, type AccessWorld } from './access-server.ts'

let world: AccessWorld
let server: AccessServer
let live: LiveBoard
let app: FastifyInstance

beforeAll(async () => {
  world = await accessWorld()
  server = await world.serve()
  const access = createAccess(server.system, 'this-one')
  live = createLiveBoard(server.system)
  app = fastify({ forceCloseConnections: true })
  await app.register(fastifyCookie)
  guard(app, access)
  app.register(eventRoutes(live, { mayStill: (one) => maySee(one, access, 'report'), heartbeatMs: 20 }))
})

afterEach(async () => {
  await app.close()
  await live.close()
})

afterAll(async () => {
  await server.end()
  await world.end()
})

test('a stream of events goes on while its session holds, and ends with it', async () => {
  const cookie = await server.signIn()
  const base = await app.listen({ host: '127.0.0.1', port: 0 })
  const { body } = await fetch(`${base}/events`, { headers: { cookie } })
  if (body === null) throw new Error('there is no stream')
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  expect((await reader.read()).value).toContain('event: board')
  for (let beat = 0; beat < 3; beat++) expect((await reader.read()).done).toBe(false)
  await server.send('/logout', {}, { headers: { cookie } })
  while (!(await reader.read()).done);
  expect((await fetch(`${base}/events`, { headers: { cookie } })).status).toBe(401)
})
