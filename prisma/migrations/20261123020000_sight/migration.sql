-- AlterTable
ALTER TABLE "watch_item" ADD COLUMN     "sight_turned_at" TIMESTAMPTZ(3);
