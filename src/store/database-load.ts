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

/** A client class whose statements are counted and timed. */
export function measuredClient(load: DatabaseLoad): typeof pg.Client {
  return class extends pg.Client {
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as below
    override connect(...given: unknown[]): any {
      const open = super.connect.bind(this) as (...given: unknown[]) => unknown
      const note = (error: unknown): void => {
        if (error !== null && error !== undefined) load.failures += 1
      }
      const last = given.at(-1)
      if (typeof last === 'function') {
        const done = last as Done
        const noting: Done = (error, result) => {
          note(error)
          done(error, result)
        }
        return open(noting)
      }
      const answer = open()
      if (answer instanceof Promise) answer.catch(note)
      return answer
    }

    // a client's query has ten forms: all hand their statement on unchanged
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the overloads of pg cannot be told otherwise
    override query(...given: unknown[]): any {
      const send = super.query.bind(this) as (...given: unknown[]) => unknown
      const began = performance.now()
      const note = (failed: boolean): void => {
        load.statements += 1
        load.seconds += (performance.now() - began) / 1000
        if (failed) load.failures += 1
      }
      const last = given.at(-1)
      if (typeof last === 'function') {
        const done = last as Done
        const noting: Done = (error, result) => {
          note(error !== null && error !== undefined)
          done(error, result)
        }
        return send(...given.slice(0, -1), noting)
      }
      const answer = send(...given)
      if (answer instanceof Promise)
        answer.then(
          () => note(false),
          () => note(true),
        )
      return answer
    }
  }
}
