type Results<T extends readonly unknown[]> = { -readonly [K in keyof T]: Awaited<T[K]> }

/**
 * Waits for statements that were sent together, and for what follows from them, as Promise.all does; but where one fails it
 * waits for the others, too, and throws the first fault then: nothing may go on in a transaction that is over, on a
 * connection that is somebody else's by then.
 */
export async function together<const T extends readonly unknown[]>(sent: T): Promise<Results<T>> {
  const results = await Promise.allSettled(sent)
  const failed = results.find((result) => result.status === 'rejected')
  if (failed !== undefined) throw failed.reason
  return results.map((result) => (result.status === 'fulfilled' ? result.value : undefined)) as Results<T>
}
