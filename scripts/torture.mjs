// npm run torture [-- --seed N] [-- --kills N] [-- --stop SECONDS]: kills and cuts openwatch at random moments, and compares what
// came of it with a run in peace. It runs what was built.
import { runSource } from './run-source.mjs'

await runSource('test/torture/run.ts', { build: true, endsItself: true })
