import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { kindSchema, type Kind } from '../../src/status/kind.ts'

/** The kinds that openwatch brings along, by id. */
export const shippedKinds: ReadonlyMap<string, Kind> = new Map(
  ['release', 'decision', 'measure'].map((id) => {
    const file = new URL(`../../config/kinds/${id}.yaml`, import.meta.url)
    return [id, kindSchema.parse(parse(readFileSync(file, 'utf8')))]
  }),
)
