// npm run soak [-- --minutes N] [-- --days N]: lets a daemon watch months go by in an hour, and says whether what it takes
// levels off. It runs what was built.
import { runSource } from './run-source.mjs'

await runSource('test/soak/run.ts', { build: true, endsItself: true })
