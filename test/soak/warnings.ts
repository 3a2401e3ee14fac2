import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { z } from 'zod'

/** How often something was told, and why it was the first time, where an error said so. */
export interface Warned {
  readonly times: number
  readonly reason: string | null
}

const loggedSchema = z.object({ event: z.string(), err: z.object({ message: z.string() }).optional() })

/** Counts what a process writes to its standard error: events of its log, and other lines as they are. */
export function collectWarnings(
  lines: Readable,
  wrote: (line: string) => void = () => undefined,
): ReadonlyMap<string, Warned> {
  const warned = new Map<string, Warned>()
  createInterface(lines).on('line', (line) => {
    wrote(`${line}\n`)
    const { event, reason } = toldBy(line)
    const before = warned.get(event)
    warned.set(event, { times: (before?.times ?? 0) + 1, reason: before?.reason ?? reason })
  })
  return warned
}

function toldBy(line: string): { readonly event: string; readonly reason: string | null } {
  const { data } = loggedSchema.safeParse(parsed(line))
  return data === undefined
    ? { event: line.trim().slice(0, 80), reason: null }
    : { event: data.event, reason: data.err?.message ?? null }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}
