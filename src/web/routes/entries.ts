import type { FastifyInstance } from 'fastify'
import type { Desk } from '../desk.ts'

/** The page /entries. */
export function entriesRoutes(_desk: Desk) {
  return (_app: FastifyInstance, _options: object, done: () => void): void => {
    done()
  }
}
