import type { Prisma } from './database.ts'

/** Whether an archive of this name was read before with just these bytes (SHA-256). */
export async function knownBackfill(prisma: Prisma, name: string, hash: Buffer): Promise<boolean> {
  const read = await prisma.backfill.findUnique({ where: { name } })
  return read !== null && hash.equals(read.hash)
}

/** Notes an archive as read. */
export async function insertBackfill(
  prisma: Prisma,
  read: { readonly name: string; readonly hash: Buffer; readonly entries: number; readonly at: Date },
): Promise<void> {
  const { name, ...rest } = { ...read, hash: Uint8Array.from(read.hash) }
  await prisma.backfill.upsert({ where: { name }, create: { name, ...rest }, update: rest })
}
