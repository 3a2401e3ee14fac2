import type { z } from 'zod'
import { readWords } from '../config/read-words.ts'
import { toWatchItem, watchItemSchema } from '../config/schema/watch-item.ts'
import type { WatchItem } from '../matching/watch-item.ts'
import { UsageError, wordsProblem } from './fault.ts'

/**
 * Reads what a person typed after a command by the schema that the configuration has for it; `argument` is the key that
 * has no option's name. Throws UsageError with every mistake.
 */
export function typed<S extends z.ZodType>(
  schema: S,
  {
    command,
    argument,
    data,
  }: { readonly command: string; readonly argument: string; readonly data: unknown },
): z.output<S> {
  const read = readWords(schema, data)
  if (!read.ok) throw wordsProblem(command, read.problems, argument)
  return read.value
}

/** The watch item that a question and options describe; `since` is when its watch begins where nothing else is said. */
export function typedItem(command: string, question: string, options: object, since: Date): WatchItem {
  const written = typed(watchItemSchema, { command, argument: 'question', data: { question, ...options } })
  return toWatchItem(written, since)
}

/** Throws UsageError when there is no such kind, with those that there are. */
export function refuseUnknownKind({ kind }: WatchItem, kinds: ReadonlyMap<string, unknown>): void {
  if (!kinds.has(kind))
    throw new UsageError(`there is no kind "${kind}"; there are: ${[...kinds.keys()].join(', ')}`)
}
