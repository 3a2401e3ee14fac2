// Runs one benchmark (the URL of its module is the argument) for the process that started this one, and hands it the rows.
import type { Run } from './registry.ts'

const [module, only] = process.argv.slice(2)
if (module === undefined || process.send === undefined) {
  throw new Error('This is started by bench/run.ts; run a benchmark by: npm run bench -- NAME')
}
const { run } = (await import(module)) as { readonly run: Run }
// what sources come to is kept: a process that finds it so has no compiler in its memory
if (only === 'compile') process.disconnect()
else process.send(await run(), () => process.disconnect())
