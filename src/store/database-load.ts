import pg from 'pg'

/** What the statements of this process cost, as it waited for them. */
export interface DatabaseLoad {
  statements: number
  /** Their time added up, in seconds; several may be under way at once. */
  seconds: number
  /** Of them, those that failed, and connections that could not be made: where the database is away, nothing else is tried. */
  failures: number
}

type Done = (error: unknown, result: unknown) => void

/** Calls `send` and tells when it is done, and of the error where there was one: by its callback, or by its promise. */
function told(
  given: readonly unknown[],
  send: (...given: unknown[]) => unknown,
  note: (error: unknown) => void,
): unknown {
  const last = given.at(-1)
  if (typeof last === 'function') {
    const done = last as Done
    const noting: Done = (error, result) => {
      note(error)
      done(error, result)
    }
    return send(...given.slice(0, -1), noting)
  }
  const answer = send(...given)
  if (answer instanceof Promise) answer.then(() => note(null), note)
  return answer
}

/** A client class whose statements are counted and timed. */
export function measuredClient(load: DatabaseLoad): typeof pg.Client {
  const noteFailure = (error: unknown): void => {
    if (error !== null && error !== undefined) load.failures += 1
  }
  // both have forms with a callback and with a promise, a query ten in all: what they are given is handed on unchanged
  /* eslint-disable @typescript-eslint/no-explicit-any -- the overloads of pg cannot be told otherwise */
  return class extends pg.Client {
    override connect(...given: unknown[]): any {
      return told(given, super.connect.bind(this), noteFailure)
    }

    override query(...given: unknown[]): any {
      const began = performance.now()
      return told(given, super.query.bind(this), (error) => {
        load.statements += 1
        load.seconds += (performance.now() - began) / 1000
        noteFailure(error)
      })
    }
  }
  /* eslint-enable @typescript-eslint/no-explicit-any */
}
