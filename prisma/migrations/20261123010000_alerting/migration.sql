-- AlterTable
ALTER TABLE "watch_item" ADD COLUMN     "acknowledged_at" TIMESTAMPTZ(3),
ADD COLUMN     "blind_since" TIMESTAMPTZ(3),
ADD COLUMN     "muted" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "snoozed_to_change" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "snoozed_until" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "alert" ADD COLUMN     "key" TEXT;

-- AlterTable
ALTER TABLE "delivery" ADD COLUMN     "message_id" UUID;

-- CreateTable
CREATE TABLE "channel_state" (
    "name" TEXT NOT NULL,
    "held_until" TIMESTAMPTZ(3),
    "failures" INTEGER NOT NULL DEFAULT 0,
    "failing_since" TIMESTAMPTZ(3),
    "last_ok_at" TIMESTAMPTZ(3),
    "last_error" TEXT,
    "told_at" TIMESTAMPTZ(3),

    CONSTRAINT "channel_state_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "digest" (
    "channel" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "digest_pkey" PRIMARY KEY ("channel","due_at")
);

-- CreateTable
CREATE TABLE "rejection" (
    "id" BIGSERIAL NOT NULL,
    "watch_item_id" TEXT NOT NULL,
    "status_change_id" BIGINT,
    "story" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "note" TEXT,
    "via" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rejection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "used_link" (
    "nonce" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "used_link_pkey" PRIMARY KEY ("nonce")
);

-- CreateIndex
CREATE UNIQUE INDEX "rejection_watch_item_id_story_key" ON "rejection"("watch_item_id", "story");

-- CreateIndex
CREATE UNIQUE INDEX "alert_key_key" ON "alert"("key");

-- CreateIndex
CREATE INDEX "delivery_channel_state_next_attempt_at_idx" ON "delivery"("channel", "state", "next_attempt_at");

-- CreateIndex
CREATE INDEX "delivery_message_id_idx" ON "delivery"("message_id");

-- AddForeignKey
ALTER TABLE "rejection" ADD CONSTRAINT "rejection_watch_item_id_fkey" FOREIGN KEY ("watch_item_id") REFERENCES "watch_item"("id") ON DELETE CASCADE ON UPDATE CASCADE;
