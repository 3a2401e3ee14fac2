// Runs a command line of openwatch in a process of its own, from the sources.
import { main } from '../../src/main.ts'

process.exitCode = await main(process.argv.slice(2))
