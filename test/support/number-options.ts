import { parseArgs } from 'node:util'

/**
 * Reads options that are numbers (`--seed 7`) and `--verbose` off the command line; what is not there is as in `defaults`.
 * Ends the process after telling how it is used: with 0 for `--help`, with 2 for what is not understood.
 */
export function numberOptions<Name extends string>(
  program: string,
  defaults: Readonly<Record<Name, number>>,
): Record<Name, number> & { readonly verbose: boolean } {
  const names = Object.keys(defaults) as Name[]
  const usage = `usage: npm run ${program} -- ${names.map((name) => `[--${name} ${defaults[name]}]`).join(' ')} [--verbose]\n`
  try {
    const values: Readonly<Record<string, unknown>> = parseArgs({
      args: process.argv.slice(2),
      options: {
        ...Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
        ...{ verbose: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
      },
    }).values
    if (values['help'] === true) {
      process.stdout.write(usage)
      process.exit(0)
    }
    const numbers = names.map((name) => [name, numberOf(name, values[name], defaults[name])] as const)
    const read = Object.fromEntries(numbers) as Record<Name, number>
    return { ...read, verbose: values['verbose'] === true }
  } catch (error) {
    process.stderr.write(`${program}: ${error instanceof Error ? error.message : String(error)}\n${usage}`)
    process.exit(2)
  }
}

const numberOf = (name: string, written: unknown, otherwise: number): number => {
  if (typeof written !== 'string') return otherwise
  const number = Number(written)
  if (written.trim() === '' || !(number >= 0)) throw new Error(`--${name} is a number, not "${written}"`)
  return number
}
