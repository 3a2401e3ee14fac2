// npm run bench [-- NAME…] [-- --json]: prepares the checkout, then runs the benchmarks. Their sources are compiled on
// the way, so that a benchmark measures what is in src, built or not.
import { runSource } from './run-source.mjs'

await runSource('bench/run.ts')
