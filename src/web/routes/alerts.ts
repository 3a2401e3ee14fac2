import type { FastifyInstance } from 'fastify'
import type { Desk } from '../desk.ts'

/** The page /alerts. */
export function alertsRoutes(_desk: Desk) {
  return (_app: FastifyInstance, _options: object, done: () => void): void => {
    done()
  }
}
