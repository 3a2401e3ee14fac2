import { formatProblems, type Problem } from '../config/problem.ts'

/** A person's mistake in using a command: exit code 2, the message alone. */
export class UsageError extends Error {
  override name = 'UsageError'
}

/** Something that could not be done: exit code 1, the message alone. */
export class CommandFailed extends Error {
  override name = 'CommandFailed'
}

/** The configuration cannot be used: exit code 2, every problem. */
export class ConfigProblems extends Error {
  override name = 'ConfigProblems'
  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[]) {
    super(formatProblems(problems))
    this.problems = problems
  }
}

/** What is wrong with the words of a command line, as a UsageError. `argument`: the key that is not an option. */
export function wordsProblem(command: string, problems: readonly Problem[], argument: string): UsageError {
  const lines = problems.map(({ path, message, fix }) => {
    const key = path.replace(/\[\d+\]$/, '')
    const advice = fix.replace(', or remove the line', '')
    return `${key === argument ? `the ${argument}` : `--${key}`}: ${message}\n    -> ${advice}`
  })
  const [only = ''] = lines
  const told =
    lines.length === 1 ? only : `${lines.length} mistakes\n${lines.map((line) => `  ${line}`).join('\n')}`
  return new UsageError(`${told}\nTry "openwatch ${command} --help".`)
}

/** The same for the fields of a watch item. */
export function fieldsProblem(
  command: string,
  problems: readonly { readonly field: string; readonly message: string; readonly fix: string }[],
  argument: string,
): UsageError {
  const nowhere = { file: '', line: null, column: null }
  return wordsProblem(
    command,
    problems.map(({ field, message, fix }) => ({ ...nowhere, path: field, message, fix })),
    argument,
  )
}

/** Why a file cannot be read, in words. */
export function fileReason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null
  switch (code) {
    case 'ENOENT':
      return 'there is no such file'
    case 'EISDIR':
      return 'it is a folder'
    case 'EACCES':
      return 'it may not be read by this account'
    default:
      return error instanceof Error ? error.message : String(error)
  }
}

/** What a command that threw leaves: its message for people, the stack only when asked for, and the exit code. */
export function faultOutcome(
  error: unknown,
  verbose: boolean,
): { readonly text: string; readonly code: 1 | 2 } {
  if (error instanceof ConfigProblems) return { text: `${error.message}\n`, code: 2 }
  if (error instanceof UsageError) return { text: `openwatch: ${error.message}\n`, code: 2 }
  const text = error instanceof Error ? error.message : String(error)
  const stack = verbose && error instanceof Error ? `${error.stack ?? ''}\n${causes(error)}` : ''
  return { text: `openwatch: ${text}\n${stack}`, code: 1 }
}

function causes(error: Error): string {
  return error.cause instanceof Error
    ? `caused by ${error.cause.stack ?? error.cause.message}\n${causes(error.cause)}`
    : ''
}
