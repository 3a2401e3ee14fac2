import { toWatchItem, watchItemSchema } from '../config/schema/watch-item.ts'
import { quoted } from '../config/schema/values.ts'
import { nearest } from '../config/nearest.ts'
import { validate } from '../config/validate.ts'
import type { WatchItem } from '../matching/watch-item.ts'

/** A watch item as a person writes it on a command line, a page or to the API: only the question is needed by itself. */
export interface WrittenItem {
  readonly id?: string | undefined
  readonly question: string
  readonly subject?: readonly string[] | undefined
  readonly context?: readonly string[] | undefined
  readonly about?: readonly string[] | undefined
  readonly kind?: string | undefined
  readonly topic?: string | undefined
  readonly official?: readonly string[] | undefined
  readonly status?: string | undefined
  readonly expected?: string | null | undefined
  /** A day or a time; `stored`: with the oldest entry that is stored. Now when left out. */
  readonly since?: string | undefined
}

/** What is wrong with a field, and what to write instead. */
export interface FieldProblem {
  readonly field: string
  readonly message: string
  readonly fix: string
}

/** What became of reading a watch item. */
export type ReadItem =
  | { readonly kind: 'item'; readonly item: WatchItem }
  | { readonly kind: 'invalid'; readonly problems: readonly FieldProblem[] }

/** Reads a written item by the schema of the configuration; `since` is when its watch begins where it does not say. */
export function readWrittenItem(
  written: WrittenItem,
  { kinds, since }: { readonly kinds: ReadonlyMap<string, unknown>; readonly since: Date },
): ReadItem {
  const data = Object.fromEntries(Object.entries(written).filter(([, value]) => value !== undefined))
  const source = { file: '', data: null, place: () => ({ line: null, column: null }) }
  const read = validate(watchItemSchema, { source, data })
  if (!read.ok) {
    const problems = read.problems.map(({ path, message, fix }) => ({
      field: path.replace(/\[\d+\].*$/, ''),
      message,
      fix: fix.replace(', or remove the line', ''),
    }))
    return { kind: 'invalid', problems: oneOfEach(problems) }
  }
  const item = toWatchItem(read.value, since)
  return kinds.has(item.kind) ? { kind: 'item', item } : { kind: 'invalid', problems: [noKind(item, kinds)] }
}

/** The first problem of each field is said: the others would be said again of the next try. */
function oneOfEach(problems: readonly FieldProblem[]): FieldProblem[] {
  return [...new Map(problems.toReversed().map((one) => [one.field, one])).values()].reverse()
}

function noKind({ kind }: WatchItem, kinds: ReadonlyMap<string, unknown>): FieldProblem {
  const near = nearest(kind, [...kinds.keys()])
  return {
    field: 'kind',
    message: `there is no kind ${quoted(kind)}; there are: ${[...kinds.keys()].join(', ')}`,
    fix: near === null ? 'choose one of these' : `did you mean "${near}"?`,
  }
}
