import type { WatchItem } from '../matching/watch-item.ts'
import { nearest } from './nearest.ts'
import { inReadingOrder, type Path, type Problem } from './problem.ts'
import { quoted } from './schema/values.ts'
import { idFromQuestion, toWatchItem, watchFileSchema } from './schema/watch-item.ts'
import { valueAt } from './schema-walk.ts'
import { problemAt, readSource, type Source } from './source.ts'
import { validate } from './validate.ts'
import type { ConfiguredWatchItem } from './config.ts'

export type LoadedWatchFile =
  | { readonly ok: true; readonly items: readonly WatchItem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/**
 * Reads one file of watch items (`items:` in YAML or JSON), such as `replay --watch` takes.
 * `since` is the beginning of the watch for items that name none; `kinds` are the ids that may be used.
 */
export async function loadWatchFile(
  file: string,
  { since, kinds }: { readonly since: Date; readonly kinds: readonly string[] },
): Promise<LoadedWatchFile> {
  const read = await readSource(file)
  if (!read.ok) return { ok: false, problems: read.problems }
  const { items, problems } = readWatchItems([read.source], { since, kinds })
  return problems.length === 0 ? { ok: true, items } : { ok: false, problems: inReadingOrder(problems) }
}

/** Reads the watch items of several files together: an id may stand in them only once. */
export function readWatchItems(
  sources: readonly Source[],
  { since, kinds }: { readonly since: Date; readonly kinds: readonly string[] },
): { readonly items: ConfiguredWatchItem[]; readonly problems: Problem[] } {
  const items: ConfiguredWatchItem[] = []
  const problems = [...sameIds(sources), ...sources.flatMap((source) => unknownKinds(source, kinds))]
  for (const source of sources) {
    const read = validate(watchFileSchema, { source, data: source.data ?? {} })
    if (read.ok) {
      const { file } = source
      items.push(
        ...read.value.items.map((item) => ({
          ...toWatchItem(item, since),
          file,
          sinceGiven: item.since !== undefined,
        })),
      )
    } else problems.push(...read.problems)
  }
  return { items, problems }
}

interface RawItem {
  readonly path: Path
  readonly id: unknown
  readonly question: unknown
  readonly kind: unknown
}

/** The items as written, before any check: mistakes in one must not hide mistakes in another. */
function rawItems(source: Source): RawItem[] {
  const list = valueAt(source.data, ['items'])
  if (!Array.isArray(list)) return []
  return list.map((item: unknown, at) => ({
    path: ['items', at],
    id: valueAt(item, ['id']),
    question: valueAt(item, ['question']),
    kind: valueAt(item, ['kind']),
  }))
}

function sameIds(sources: readonly Source[]): Problem[] {
  const first = new Map<string, string>()
  const problems: Problem[] = []
  for (const source of sources) {
    for (const { path, id, question } of rawItems(source)) {
      const effective = id ?? (typeof question === 'string' ? idFromQuestion(question) : undefined)
      if (typeof effective !== 'string') continue
      const place = id === undefined ? path : [...path, 'id']
      const taken = first.get(effective)
      if (taken === undefined) first.set(effective, `${source.file}:${source.place(place).line ?? 1}`)
      else {
        const fix = `give one of the two another id, such as "${effective}-2"`
        problems.push(
          problemAt(
            source,
            place,
            `the id ${quoted(effective)} is taken already by the item at ${taken}`,
            fix,
          ),
        )
      }
    }
  }
  return problems
}

function unknownKinds(source: Source, kinds: readonly string[]): Problem[] {
  return rawItems(source).flatMap(({ path, kind }) => {
    if (typeof kind !== 'string' || kinds.includes(kind)) return []
    const near = nearest(kind, kinds)
    const known = kinds.length === 0 ? 'there is none yet' : `there are ${kinds.join(', ')}`
    const fix = `${near === null ? '' : `did you mean "${near}"? `}write a kind of config/kinds (${known}), or add ${kind}.yaml there`
    return [problemAt(source, [...path, 'kind'], `there is no kind ${quoted(kind)}`, fix)]
  })
}
