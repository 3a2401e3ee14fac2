-- AlterTable
ALTER TABLE "match" ADD COLUMN     "muted" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "rejection" ADD COLUMN     "correction_id" BIGINT;
