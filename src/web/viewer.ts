import type { FastifyRequest } from 'fastify'

/** What somebody may do, each with all before it: nothing, see the report, see everything, change things. */
export const rights = ['nothing', 'report', 'read', 'write'] as const

/** One of them. */
export type Right = (typeof rights)[number]

/** Who asks. */
export interface Viewer {
  readonly may: Right
  /** By a session of the pages; who needs no password, or sends a token, is not signed in. */
  readonly isSignedIn: boolean
  /** The number of that session. */
  readonly session?: number
  /** The name of the token that was sent. */
  readonly token?: string
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What an asker must be allowed to do; `read` for GET and HEAD and `write` for the rest when left out. */
    readonly needs?: Right
    /** Whether a token with the scope `read` may be in the address (`?token=`): for feeds, whose readers cannot sign in. */
    readonly tokenInAddress?: boolean
    /** Whether programs on this machine may read it without a token, also where there is a password. */
    readonly openLocally?: boolean
  }
  interface FastifyRequest {
    viewer?: Viewer
  }
}

/** Who asks; where nobody looked, the pages are open to whom they are bound for. */
export function viewerOf(request: FastifyRequest): Viewer {
  return request.viewer ?? { may: 'write', isSignedIn: false }
}

/** Whether somebody may do what needs a right. */
export function mayDo({ may }: Viewer, needed: Right): boolean {
  return rights.indexOf(may) >= rights.indexOf(needed)
}
