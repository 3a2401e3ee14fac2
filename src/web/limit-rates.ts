import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance } from 'fastify'
import { isFromHere } from './access/local.ts'
import type { Access } from './access/access.ts'

/** How often an address may ask in a minute: twenty times a second, all the time. Programs on this machine may more often. */
const requestsPerMinute = 1200

/** Somebody asks too often. */
class TooManyRequests extends Error {
  override name = 'TooManyRequests'
  readonly statusCode = 429
}

/** Holds up addresses that ask too often, before anything is done for them. To be called before everybody is asked who they are. */
export function limitRates(app: FastifyInstance, access: Access): void {
  // its own hook would come after those of all routes: what is refused there would not be counted
  app.register(rateLimit, {
    ...{ global: false, max: requestsPerMinute, timeWindow: 60_000, cache: 10_000 },
    allowList: ({ socket, headers }) =>
      isFromHere({ remoteAddress: socket.remoteAddress, headers }, access.server()),
  })
  app.addHook('onRequest', async (request, reply) => {
    if (request.routeOptions.config.rateLimit === false) return
    const asked = await app.createRateLimit()(request)
    if (asked.isAllowed || !asked.isExceeded) return
    void reply.header('retry-after', String(asked.ttlInSeconds))
    throw new TooManyRequests(`so many requests came from your address; wait ${asked.ttlInSeconds} s`)
  })
}
