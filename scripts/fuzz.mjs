// npm run fuzz [-- NAME…] [-- --minutes N] [-- --seed S] [-- --json]: tries everything that comes in from outside with
// wild and changed input, a minute each where nothing else is said. Sources are compiled on the way.
import { runSource } from './run-source.mjs'

await runSource('test/fuzz/run.ts')
