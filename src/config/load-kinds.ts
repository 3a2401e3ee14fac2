import { basename, extname } from 'node:path'
import { kindSchema, type Kind } from '../status/kind.ts'
import { noUsualWords, usualWordsSchema, withUsualWords, type UsualWords } from '../status/usual-words.ts'
import type { Problem } from './problem.ts'
import { quoted } from './schema/values.ts'
import { valueAt } from './schema-walk.ts'
import { problemAt, type Source } from './source.ts'
import { validate } from './validate.ts'

/** Reads the words that kinds may share; none where there is no such file. */
export function readUsualWords(source: Source | undefined): {
  readonly usual: UsualWords
  readonly problems: readonly Problem[]
} {
  if (source === undefined) return { usual: noUsualWords, problems: [] }
  const read = validate(usualWordsSchema, { source, data: source.data ?? {} })
  return read.ok ? { usual: read.value, problems: [] } : { usual: noUsualWords, problems: read.problems }
}

/** Reads the vocabularies of `config/kinds`: one kind a file, its id the name of the file; `usual` are words that they share. */
export function readKinds(
  sources: readonly Source[],
  usual: UsualWords = noUsualWords,
): {
  readonly kinds: Kind[]
  readonly problems: Problem[]
} {
  const kinds: Kind[] = []
  const problems: Problem[] = []
  const files = new Map<string, string>()
  for (const source of sources) {
    const id = kindId(source.file)
    const other = files.get(id)
    if (other !== undefined) {
      const message = `the kind ${quoted(id)} stands in ${other} already`
      problems.push(problemAt(source, [], message, 'keep one of the two files'))
    }
    files.set(id, source.file)
    const named = valueAt(source.data, ['id'])
    if (typeof named === 'string' && named !== id) {
      const fix = `write id: ${id}, or rename the file`
      problems.push(problemAt(source, ['id'], `the id ${quoted(named)} is not the name of the file`, fix))
    }
    const data = typeof source.data === 'object' ? { id, ...source.data } : source.data
    const read = validate(kindSchema, { source, data })
    if (read.ok) kinds.push(withUsualWords(read.value, usual))
    else problems.push(...read.problems)
  }
  return { kinds, problems }
}

/** The id of the kind that a file holds. */
export function kindId(file: string): string {
  return basename(file, extname(file))
}
