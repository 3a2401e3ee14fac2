import type { FastifyInstance } from 'fastify'
import type { Desk } from '../desk.ts'

/** The page /items/new. */
export function newItemRoutes(_desk: Desk) {
  return (_app: FastifyInstance, _options: object, done: () => void): void => {
    done()
  }
}
