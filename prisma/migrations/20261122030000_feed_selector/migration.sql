-- AlterTable
ALTER TABLE "feed" ADD COLUMN     "selector" TEXT;
