import type { Environment } from '../config/environment.ts'

/** The process as a command sees it. */
export interface Io {
  readonly env: Environment
  readonly cwd: string
  readonly now: () => Date
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  /** Columns of the terminal; 80 for a pipe or a file. */
  readonly width: () => number
  /** Standard input; missing where nobody can be asked. */
  readonly stdin?: NodeJS.ReadableStream & { readonly isTTY?: boolean }
  /** Rows of the terminal; not known when left out. */
  readonly height?: () => number
  /** Whether standard output is a terminal, so that wide tables are cut to it; a pipe or a file when left out. */
  readonly isTerminal?: boolean
  /** Whether standard output takes colour: a terminal, and NO_COLOR not set (FORCE_COLOR forces it). */
  readonly colour: boolean
  /** Whether progress can be drawn on standard error. */
  readonly progress: boolean
}

/** The process itself. */
export function processIo(process: NodeJS.Process): Io {
  const { env, stdout, stderr } = process
  const off = env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== ''
  const forced = env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '0'
  return {
    env,
    cwd: process.cwd(),
    // opened by those who read it alone
    get stdin() {
      return process.stdin
    },
    now: () => new Date(),
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    width: () => (stdout.isTTY ? Math.max(40, stdout.columns) : 80),
    height: () => (stdout.isTTY ? Math.max(5, stdout.rows) : 24),
    isTerminal: stdout.isTTY,
    colour: !off && (forced || stdout.isTTY),
    progress: stderr.isTTY,
  }
}

/** Draws "reading history … 40 of 52" on one line of the terminal, and takes it away at the end. */
export function progressLine(
  io: Io,
  what: string,
): {
  readonly show: (done: number, total: number) => void
  readonly clear: () => void
} {
  if (!io.progress) return { show: () => undefined, clear: () => undefined }
  return {
    show: (done, total) => io.err(`\r\u001B[2K${what} … ${done} of ${total}`),
    clear: () => io.err('\r\u001B[2K'),
  }
}

/** One line at the bottom of the terminal that changes, with texts written above it. Not drawn where nobody looks. */
export interface TickerLine {
  readonly show: (text: string) => void
  readonly above: (text: string) => void
  readonly clear: () => void
}

/** Draws the line on standard error while texts go to standard output. */
export function tickerLine(io: Io): TickerLine {
  const clear = () => {
    if (io.progress) io.err('\r\u001B[2K')
  }
  return {
    show: (text) => {
      if (io.progress) io.err(`\r\u001B[2K${text}`)
    },
    above: (text) => {
      clear()
      io.out(text)
    },
    clear,
  }
}
