import type pg from 'pg'

/**
 * The pool for the job queue: a connection that cannot be had fails without the code of its error, which is its `cause`. By some
 * codes (Postgres is starting, the network is away) graphile-worker waits for up to three minutes before it asks again, and for as
 * long after Postgres is back; for any other error it is a second.
 */
export function queuePool(pool: pg.Pool): pg.Pool {
  const plainly = (cause: unknown): never => {
    throw new Error(cause instanceof Error ? cause.message : String(cause), { cause })
  }
  type Connected = Parameters<pg.Pool['connect']>[0]
  const connect = (done?: Connected) =>
    done === undefined ? pool.connect().catch(plainly) : pool.connect(done)
  return new Proxy(pool, {
    get(target, key) {
      if (key === 'connect') return connect
      const value: unknown = Reflect.get(target, key, target)
      return typeof value === 'function' ? (value.bind(target) as unknown) : value
    },
  })
}
