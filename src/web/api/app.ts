import type {
  FastifyInstance,
  FastifyBaseLogger,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { Desk } from '../desk.ts'

/** A server whose routes are typed by their zod schemas. */
export type ApiApp = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>

/** What the API works with. */
export interface ApiParts {
  readonly desk: Desk
  /** Null when ready, else the reason why not. */
  readonly notReady: () => Promise<string | null>
  /** Is told why something could not be answered: those who asked are not. */
  readonly onFault: (error: unknown) => void
}
