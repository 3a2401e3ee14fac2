import type { FastifyRequest } from 'fastify'
import { ApiProblem, jsonPointer, type ProblemDetail } from './problem.ts'

/** No body of ours is nested deeper. */
const deepest = 32

/** Refuses what no table can hold: NUL, halves of characters, and data nested beyond sense. A hook before validation. */
export function refuseUnstorable(
  request: FastifyRequest,
  _reply: unknown,
  done: (error?: Error) => void,
): void {
  const found =
    unstorable(request.body, '') ?? unstorable(request.query, '#query') ?? unstorable(request.params, '#path')
  if (found === null) done()
  else done(new ApiProblem('bad-request', `${found.pointer}: ${found.detail}`, [found]))
}

interface Part {
  readonly value: unknown
  readonly path: readonly (string | number)[]
}

/** The first place that cannot be stored; null where all can. Walks without recursion: the data is a stranger's. */
function unstorable(value: unknown, base: string): ProblemDetail | null {
  if (value instanceof Uint8Array) return null
  const parts: Part[] = [{ value, path: [] }]
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    const fault = faultOf(part)
    if (fault !== null) return { pointer: base + jsonPointer(part.path), detail: fault }
    if (typeof part.value !== 'object' || part.value === null) continue
    for (const [key, inner] of Object.entries(part.value)) {
      if (!isStorable(key)) return { pointer: base + jsonPointer(part.path), detail: unstorableWords }
      parts.push({ value: inner, path: [...part.path, key] })
    }
  }
  return null
}

const unstorableWords = 'the text holds NUL or half a character (a lone surrogate): leave it out'

function faultOf({ value, path }: Part): string | null {
  if (path.length > deepest) return `this is nested deeper than ${deepest}`
  return typeof value === 'string' && !isStorable(value) ? unstorableWords : null
}

function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed()
}
