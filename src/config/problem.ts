import { relative } from 'node:path'

/** One mistake in the configuration, said so that a person can repair it. */
export interface Problem {
  /** The file, as reached from the configuration directory given; `environment` for a variable. */
  readonly file: string
  /** Where in the file (`items[2].subject`); empty for the file as a whole. */
  readonly path: string
  /** Both from 1; null where there is no place in the text. */
  readonly line: number | null
  readonly column: number | null
  /** What is wrong. */
  readonly message: string
  /** What to write instead. */
  readonly fix: string
}

type PathPart = string | number
export type Path = readonly PathPart[]

/** Writes a path as people do: `items[2].subject`. */
export function pathText(path: Path): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`
    return text === '' ? part : `${text}.${part}`
  }, '')
}

/** Puts problems into the order of reading: by file, then by line. */
export function inReadingOrder(problems: readonly Problem[]): Problem[] {
  return problems.toSorted(
    (a, b) =>
      a.file.localeCompare(b.file) ||
      (a.line ?? 0) - (b.line ?? 0) ||
      (a.column ?? 0) - (b.column ?? 0) ||
      a.path.localeCompare(b.path),
  )
}

/**
 * All problems as text for people, at most `width` columns wide where words allow.
 * File names are shown as seen from `base`, where that is shorter.
 */
export function formatProblems(
  problems: readonly Problem[],
  {
    width = 100,
    base = process.cwd(),
    noun = 'problem',
  }: { readonly width?: number; readonly base?: string; readonly noun?: 'problem' | 'doubt' } = {},
): string {
  const head = `${problems.length} ${noun}${problems.length === 1 ? '' : 's'} in the configuration`
  const blocks = inReadingOrder(problems).map((problem) => {
    const place = problem.line === null ? '' : `:${problem.line}:${problem.column ?? 1}`
    const where = `${shorter(problem.file, base)}${place}${problem.path === '' ? '' : `  ${problem.path}`}`
    return [where, ...wrap(problem.message, width, '  '), ...wrap(problem.fix, width, '  -> ', '     ')].join(
      '\n',
    )
  })
  return [head, ...blocks].join('\n\n')
}

function shorter(file: string, base: string): string {
  const seen = relative(base, file)
  return seen !== '' && seen.length < file.length ? seen : file
}

function wrap(text: string, width: number, first: string, rest = first): string[] {
  const lines: string[] = []
  let line = first
  let empty = true
  for (const word of text.split(/\s+/)) {
    if (!empty && line.length + 1 + word.length > width) {
      lines.push(line)
      line = rest
      empty = true
    }
    line += empty ? word : ` ${word}`
    empty = false
  }
  return [...lines, line]
}
