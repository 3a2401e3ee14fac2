import pg from 'pg'

/** A pool of connections in which one that dies is replaced in silence; without listeners it would end the process. */
export function createPool(config: pg.PoolConfig, onLost: (error: Error) => void = () => undefined): pg.Pool {
  const pool = new pg.Pool(config)
  pool.on('error', onLost)
  pool.on('connect', (client) => {
    client.on('error', () => undefined)
  })
  return pool
}
