import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { many } from './schemas/common.ts'
import { ApiProblem } from './problem.ts'

const mostAtOnce = 200

/** How a part of a list is asked for. */
export const pageQuery = {
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(mostAtOnce)
    .prefault(50)
    .meta({ description: 'How many at most' }),
  cursor: z.string().max(1000).optional().meta({
    description: 'Where to go on: `next` of the answer before. The other parameters must be the same',
  }),
}

/** A part of a list. */
export function pageOf<T extends z.ZodType>(element: T) {
  return z.object({
    data: many(element),
    next: z.string().nullable().meta({ description: 'The cursor of the next part; null at the end' }),
  })
}

/** A place in a list, opaque to who asks. `list` names the list, so that a cursor of another one is refused. */
export function encodeCursor(list: string, place: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify([list, ...place])).toString('base64url')
}

/** Reads a cursor back; null where none was given. Throws ApiProblem (400) for one that is none of this list. */
export function decodeCursor<T extends z.ZodType<readonly unknown[]>>(
  list: string,
  cursor: string | undefined,
  place: T,
): z.output<T> | null {
  if (cursor === undefined) return null
  const read = parsed(cursor)
  if (Array.isArray(read) && read[0] === list) {
    const checked = place.safeParse(read.slice(1))
    if (checked.success) return checked.data
  }
  const detail = 'this is no cursor of this list: begin without one'
  throw new ApiProblem('bad-request', detail, [{ pointer: '#query/cursor', detail }])
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    return null
  }
}

/** Of `limit` + 1 rows those that are shown, and the cursor of the next part, also as a Link header (RFC 8288). */
export function page<R, T>(
  { rows, limit, list }: { readonly rows: readonly R[]; readonly limit: number; readonly list: string },
  to: { readonly show: (row: R) => T; readonly place: (row: R) => readonly (string | number)[] },
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
): { data: T[]; next: string | null } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const next = rows.length > limit && last !== undefined ? encodeCursor(list, to.place(last)) : null
  linkNext(request, reply, next)
  return { data: shown.map(to.show), next }
}

/** Names the next part in a Link header (RFC 8288), where there is one. */
export function linkNext(request: FastifyRequest, reply: FastifyReply, next: string | null): void {
  if (next !== null) void reply.header('link', `<${nextUrl(request, next)}>; rel="next"`)
}

function nextUrl(request: FastifyRequest, cursor: string): string {
  const url = new URL(request.url, 'http://localhost')
  url.searchParams.set('cursor', cursor)
  return url.pathname + url.search
}
