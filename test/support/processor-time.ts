/**
 * Begins to count the processor time of this process; what it gives says how much it was up to then, in milliseconds. Other than
 * by the clock, what else the machine does counts for nothing.
 */
export function processorTime(): () => number {
  const before = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1000
  }
}
