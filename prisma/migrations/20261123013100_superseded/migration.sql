-- AlterTable
ALTER TABLE "delivery" ADD COLUMN     "superseded_by" UUID;
