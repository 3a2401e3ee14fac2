import type { z } from 'zod'
import { validate, type Validated } from './validate.ts'

/**
 * Reads what a person gave in words (options of a command, fields of a form) by the schema that the configuration has
 * for it. Every mistake is a problem whose path is the field's name.
 */
export function readWords<S extends z.ZodType>(schema: S, data: unknown): Validated<z.output<S>> {
  const source = { file: 'what was given', data: null, place: () => ({ line: null, column: null }) }
  return validate(schema, { source, data })
}
