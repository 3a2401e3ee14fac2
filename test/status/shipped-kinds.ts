import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { kindSchema, type Kind } from '../../src/status/kind.ts'
import { usualWordsSchema, withUsualWords } from '../../src/status/usual-words.ts'

const folder = new URL('../../config/kinds/', import.meta.url)
const usual = usualWordsSchema.parse(parse(readFileSync(new URL('../usual-words.yaml', folder), 'utf8')))

/** The kinds that openwatch brings along, by id. */
export const shippedKinds: ReadonlyMap<string, Kind> = new Map(
  readdirSync(folder)
    .toSorted()
    .map((file) => kindSchema.parse(parse(readFileSync(new URL(file, folder), 'utf8'))))
    .map((kind) => withUsualWords(kind, usual))
    .map((kind) => [kind.id, kind]),
)
