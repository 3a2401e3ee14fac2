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
