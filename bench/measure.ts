// Runs one benchmark (the URL of its module is the argument) for the process that started this one, and hands it the rows.
import type { Run } from './registry.ts'

const [module] = process.argv.slice(2)
if (module === undefined || process.send === undefined) {
  throw new Error('This is started by bench/run.ts; run a benchmark by: npm run bench -- NAME')
}
const { run } = (await import(module)) as { readonly run: Run }
process.send(await run(), () => process.disconnect())
