import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    globalSetup: ['test/support/global-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    // a state that is waited for comes in milliseconds, or on a busy machine some seconds later
    expect: { poll: { timeout: 15_000, interval: 20 } },
    pool: 'forks',
    // what a file loads stays loaded for the next one: there are no singletons that could hold anything, and loading the program
    // two hundred times over would take as long as many of the tests
    isolate: false,
    // much of the time is spent waiting for processes, servers and clocks: one file at a time would leave two cores idle
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
})
