-- AlterTable
ALTER TABLE "feed" ADD COLUMN     "empty_since" TIMESTAMPTZ(3),
ADD COLUMN     "former_url" TEXT,
ADD COLUMN     "host" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "moved_polls" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "stale_after" TIMESTAMPTZ(3);

-- Feeds that are there already: whom they ask, as the program names hosts from now on
UPDATE "feed" SET "host" = coalesce(lower(substring("url" from '^[A-Za-z]+://(?:[^/?#]*@)?([^/?#]+)')), '')
WHERE "origin" <> 'archive';

-- AlterTable
ALTER TABLE "entry" ADD COLUMN     "title_key" BIGINT;

-- CreateTable
CREATE TABLE "host" (
    "name" TEXT NOT NULL,
    "held_until" TIMESTAMPTZ(3),
    "refusals" INTEGER NOT NULL DEFAULT 0,
    "free_at" TIMESTAMPTZ(3),

    CONSTRAINT "host_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE INDEX "feed_former_url_idx" ON "feed"("former_url");

-- CreateIndex
CREATE INDEX "entry_feed_id_title_key_id_idx" ON "entry"("feed_id", "title_key", "id");
