import { codeOf } from './embedded/faults.ts'

type Results<T extends readonly unknown[]> = { -readonly [K in keyof T]: Awaited<T[K]> }

/** What Postgres says of every statement behind one that failed: that the transaction is over, or what it prepared is not there. */
const aftermath: ReadonlySet<string | null> = new Set(['25P02', '26000'])

/**
 * Waits for statements that were sent together, and for what follows from them, as Promise.all does; but where one fails it
 * waits for the others, too, and throws the fault that the others follow from: nothing may go on in a transaction that is
 * over, on a connection that is somebody else's by then.
 */
export async function together<const T extends readonly unknown[]>(sent: T): Promise<Results<T>> {
  const results = await Promise.allSettled(sent)
  const faults = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []))
  if (faults.length > 0) throw faults.find((fault) => !aftermath.has(codeOf(fault))) ?? faults[0]
  return results.map((result) => (result.status === 'fulfilled' ? result.value : undefined)) as Results<T>
}
