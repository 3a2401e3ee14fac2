import { STATUS_CODES } from 'node:http'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import type { Problem as Mistake } from '../../config/problem.ts'

/** The media type of problems (RFC 9457). */
export const problemType = 'application/problem+json'

const detailSchema = z.object({
  detail: z.string().meta({ description: 'What is wrong, and what to write instead' }),
  pointer: z.string().meta({
    description:
      'Where in the body: a JSON pointer (RFC 6901), empty for the whole. Mistakes elsewhere begin with #query, #path or #header',
  }),
})

/** What went wrong, as RFC 9457 has it. */
export const problemSchema = z
  .object({
    type: z.string().meta({ description: 'Names the kind of problem: stays the same for ever' }),
    title: z.string().meta({ description: 'The same for people' }),
    status: z.int(),
    detail: z.string().meta({ description: 'What is wrong here, and what to do' }),
    errors: z.array(detailSchema).optional().meta({ description: 'Every mistake in what was sent' }),
  })
  .meta({ id: 'Problem', description: 'What went wrong (RFC 9457)' })

/** A mistake in what was sent. */
export type ProblemDetail = z.output<typeof detailSchema>

/** The kinds of problem, each with its HTTP status and its title. */
const kinds = {
  'bad-request': [400, 'The request cannot be read'],
  unauthorized: [401, 'Say who you are'],
  forbidden: [403, 'This is not allowed'],
  'not-found': [404, 'There is no such thing'],
  'method-not-allowed': [405, 'This address does not do that'],
  'not-acceptable': [406, 'It cannot be given in that form'],
  conflict: [409, 'This does not go with what is there'],
  'precondition-failed': [412, 'It has changed meanwhile'],
  'too-large': [413, 'This is too much at once'],
  'unsupported-media-type': [415, 'It is not sent in a form that is known'],
  invalid: [422, 'Something in it cannot be taken'],
  'too-many-requests': [429, 'These are too many requests'],
  unavailable: [503, 'It cannot be answered now'],
} as const

/** Names a kind of problem. */
export type ProblemKind = keyof typeof kinds

/** A request that cannot be done; thrown by handlers, answered as problem+json. */
export class ApiProblem extends Error {
  override name = 'ApiProblem'
  readonly kind: ProblemKind
  readonly statusCode: number
  readonly errors: readonly ProblemDetail[] | undefined

  constructor(kind: ProblemKind, detail: string, errors?: readonly ProblemDetail[]) {
    super(detail)
    this.kind = kind
    this.statusCode = kinds[kind][0]
    this.errors = errors
  }
}

/** The kind of problem that a status stands for; the nearest where none is named for it. */
export function kindOf(status: number): ProblemKind {
  const named = Object.entries(kinds).find(([, [code]]) => code === status)?.[0]
  return (named ?? (status < 500 ? 'bad-request' : 'unavailable')) as ProblemKind
}

/** A problem as it is sent. */
export function problemBody(
  kind: ProblemKind,
  detail: string,
  {
    status = kinds[kind][0],
    errors,
  }: { status?: number; errors?: readonly ProblemDetail[] | undefined } = {},
): z.output<typeof problemSchema> {
  const title = status === kinds[kind][0] ? kinds[kind][1] : (STATUS_CODES[status] ?? kinds[kind][1])
  return {
    ...{ type: `urn:openwatch:problem:${kind}`, title, status, detail },
    ...(errors && { errors: [...errors] }),
  }
}

/** Answers with a problem. */
export function sendProblem(
  reply: FastifyReply,
  kind: ProblemKind,
  detail: string,
  more: { status?: number; errors?: readonly ProblemDetail[] | undefined } = {},
): FastifyReply {
  const body = problemBody(kind, detail, more)
  return reply
    .code(body.status)
    .header('content-type', problemType)
    .serializer(String)
    .send(JSON.stringify(body))
}

/** The problem that mistakes of a person make, each at its place in the body; `named`: other names of fields. */
export function mistakesProblem(
  mistakes: readonly Pick<Mistake, 'path' | 'message' | 'fix'>[],
  named: Readonly<Record<string, string>> = {},
): ApiProblem {
  const errors = mistakes.map(({ path, message, fix }) => ({
    pointer: pointerOf(path, named),
    detail: `${message}: ${fix.replace(', or remove the line', '')}`,
  }))
  const [only] = errors
  const detail =
    errors.length === 1 && only !== undefined
      ? only.detail
      : `there are ${errors.length} mistakes, see errors`
  return new ApiProblem('invalid', detail, errors)
}

/** A JSON pointer from a path as people write it: `subject[0]` gives `/subject/0`. */
function pointerOf(path: string, named: Readonly<Record<string, string>>): string {
  if (path === '') return ''
  const parts = path.replaceAll(/\[(\d+)\]/g, '.$1').split('.')
  const [first = '', ...rest] = parts
  return jsonPointer([named[first] ?? first, ...rest])
}

/** A JSON pointer (RFC 6901) of a path. */
export function jsonPointer(path: readonly (string | number)[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
