import { setFlagsFromString } from 'node:v8'

/** How much garbage the heap may gather before it is collected, as a share of what is in use. In percent. */
const garbagePercent = 60

/**
 * Keeps the memory of a process that runs for long steady: left to itself, V8 lets a heap that is mostly garbage grow to
 * four times what is in use before it collects it. To be called before there is much to collect.
 */
export function keepMemorySteady(): void {
  setFlagsFromString(`--heap-growing-percent=${garbagePercent}`)
}
