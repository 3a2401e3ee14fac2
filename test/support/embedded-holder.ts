// A process that uses the embedded server of a data directory until it is told to release it (a line on its input).
import { openEmbeddedPostgres } from '../../src/store/embedded/open.ts'

const [dataDir, rest] = process.argv.slice(2)
if (dataDir === undefined) throw new Error('usage: embedded-holder <data directory> [options as JSON]')

function tell(fact: object): void {
  process.stdout.write(`${JSON.stringify(fact)}\n`)
}

try {
  const options = JSON.parse(rest ?? '{}') as object
  const server = await openEmbeddedPostgres({ dataDir, application: 'holder', ...options })
  tell({ kind: 'open', connection: server.connection, started: server.started })
  process.stdin.once('data', () => {
    const begin = performance.now()
    void server.release().then(() => {
      tell({ kind: 'released', milliseconds: performance.now() - begin })
      process.stdin.destroy()
    })
  })
} catch (error) {
  tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) })
}
