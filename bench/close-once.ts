const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * The same work, done once however often it is asked for, and also when the process is told to end: an embedded server
 * outlives its process.
 */
export const closeOnce = (close: () => Promise<void>): (() => Promise<void>) => {
  let closed: Promise<void> | null = null
  const once = (): Promise<void> => {
    for (const signal of signals) process.off(signal, end)
    return (closed ??= close())
  }
  const end = (): void => void once().finally(() => process.exit(1))
  for (const signal of signals) process.on(signal, end)
  return once
}
