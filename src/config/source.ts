import { readFile } from 'node:fs/promises'
import {
  isMap,
  isNode,
  isPair,
  isScalar,
  LineCounter,
  parseDocument,
  type Document,
  type YAMLError,
} from 'yaml'
import { pathText, type Path, type Problem } from './problem.ts'
import { readAhead } from './read-ahead.ts'

/** A file of the configuration as read: its data, and where each piece of it stands in the text. */
export interface Source {
  readonly file: string
  /** Plain data; keys without a value are left out, null for an empty file. */
  readonly data: unknown
  /** The place of a value, or of the nearest piece around it; with `key`, of that key in the mapping. */
  readonly place: (path: Path, key?: string) => Place
}

export interface Place {
  readonly line: number | null
  readonly column: number | null
}

export type ReadSource =
  { readonly ok: true; readonly source: Source } | { readonly ok: false; readonly problems: Problem[] }

/**
 * Reads a YAML (or JSON) file. What keeps it from being read is told as problems, never thrown. `aheadDirectory`: where what the
 * build has read is, if not with the program.
 */
export async function readSource(file: string, aheadDirectory?: string): Promise<ReadSource> {
  try {
    const text = await readFile(file, 'utf8')
    const ahead = await readAhead(text, aheadDirectory)
    return ahead === null ? parseSource(file, text) : { ok: true, source: sourceAhead(file, text, ahead) }
  } catch (error) {
    return { ok: false, problems: [unreadable(file, error)] }
  }
}

/** Where its pieces stand is looked for when there is something to say of them. */
function sourceAhead(file: string, text: string, { data }: { readonly data: unknown }): Source {
  let places: Source['place'] | null = null
  const nowhere = () => ({ line: null, column: null })
  return {
    file,
    data,
    place(path, key) {
      if (places === null) {
        const read = parseSource(file, text)
        places = read.ok ? read.source.place : nowhere
      }
      return places(path, key)
    },
  }
}

/** Reads the text of a YAML (or JSON) file; `file` only names it. */
export function parseSource(file: string, text: string): ReadSource {
  const lines = new LineCounter()
  const document = documentOf(text, lines)
  if (document === null) return { ok: false, problems: [tooDeep(file)] }
  const problems = firstOfEachLine(document.errors.map((error) => syntaxProblem(file, lines, error)))
  if (problems.length > 0) return { ok: false, problems }
  try {
    const data = withoutEmptyKeys(document.toJS())
    return { ok: true, source: { file, data, place: (path, key) => placeOf(document, lines, path, key) } }
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause)
    const fix = 'check the anchors (&name) and aliases (*name) in this file'
    return { ok: false, problems: [{ file, path: '', line: null, column: null, message, fix }] }
  }
}

/** Null where it is nested so deep that the stack is not enough to read it. */
function documentOf(text: string, lines: LineCounter): Document.Parsed | null {
  try {
    return parseDocument(text.replace(/^\uFEFF/, ''), { lineCounter: lines, prettyErrors: false })
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

function tooDeep(file: string): Problem {
  const message = 'this is nested too deep to be read'
  return {
    file,
    path: '',
    line: null,
    column: null,
    message,
    fix: 'check the brackets and colons of this file',
  }
}

/** A problem at a place of a file. */
export function problemAt(source: Source, path: Path, message: string, fix: string): Problem {
  return { file: source.file, path: pathText(path), ...source.place(path), message, fix }
}

function placeOf(document: Document, lines: LineCounter, path: Path, key?: string): Place {
  for (let length = path.length; length >= 0; length--) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true)
    if (!isNode(node) || !node.range) continue
    const pair = key !== undefined && isMap(node) ? node.items.find((item) => keyOf(item) === key) : undefined
    const start = isPair(pair) && isNode(pair.key) ? pair.key.range : undefined
    const { line, col } = lines.linePos((start ?? node.range)[0])
    return { line, column: col }
  }
  return { line: null, column: null }
}

function keyOf(item: unknown): string | null {
  return isPair(item) && isScalar(item.key) ? String(item.key.value) : null
}

/** What follows the first slip of a line is mostly its consequence. */
function firstOfEachLine(problems: readonly Problem[]): Problem[] {
  return problems.filter((problem, at) => problems.findIndex(({ line }) => line === problem.line) === at)
}

function syntaxProblem(file: string, lines: LineCounter, error: YAMLError): Problem {
  const { line, col } = lines.linePos(error.pos[0])
  const message =
    error.code === 'DUPLICATE_KEY'
      ? 'the same key stands here twice'
      : `not valid YAML: ${lowerFirst(error.message)}`
  return { file, path: '', line, column: col, message, fix: syntaxFix(error.code) }
}

function syntaxFix(code: YAMLError['code']): string {
  switch (code) {
    case 'DUPLICATE_KEY':
      return 'keep one of the two, or put both values into one list'
    case 'TAB_AS_INDENT':
      return 'indent with spaces'
    case 'BAD_INDENT':
      return 'begin the keys of one block in the same column'
    case 'MULTIPLE_DOCS':
      return 'remove the line "---" in the middle of the file'
    default:
      return 'check quotes, colons and indentation here; a text with ": " or " #" in it, or one that begins with a sign, needs quotes'
  }
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}

function unreadable(file: string, error: unknown): Problem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const reasons: Record<string, [string, string]> = {
    ENOENT: ['the file is missing', 'create it, or correct the path'],
    EACCES: ['the file may not be read', 'give the account that runs openwatch the right to read it'],
    EISDIR: ['this is a folder, not a file', 'put a file in its place'],
  }
  const [message, fix] = reasons[code] ?? [
    `the file cannot be read (${code === '' ? String(error) : code})`,
    'check the path and the disk',
  ]
  return { file, path: '', line: null, column: null, message, fix }
}

/** A key without a value ("feeds:") counts as not written. */
function withoutEmptyKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmptyKeys)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== null)
      .map(([key, inner]) => [key, withoutEmptyKeys(inner)]),
  )
}
