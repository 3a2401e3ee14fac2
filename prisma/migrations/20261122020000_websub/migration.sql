-- CreateTable
CREATE TABLE "subscription" (
    "id" TEXT NOT NULL,
    "secret" TEXT NOT NULL,
    "feed_id" INTEGER NOT NULL,
    "hub" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "advertised" BOOLEAN NOT NULL DEFAULT true,
    "state" TEXT NOT NULL DEFAULT 'idle',
    "base" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "asked_at" TIMESTAMPTZ(3),
    "verified_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),
    "next_at" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "deliveries" INTEGER NOT NULL DEFAULT 0,
    "delivered_at" TIMESTAMPTZ(3),
    "rejected" INTEGER NOT NULL DEFAULT 0,
    "rejected_at" TIMESTAMPTZ(3),
    "last_error" TEXT,

    CONSTRAINT "subscription_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "subscription_next_at_idx" ON "subscription"("next_at");

-- CreateIndex
CREATE UNIQUE INDEX "subscription_feed_id_hub_topic_key" ON "subscription"("feed_id", "hub", "topic");

-- AddForeignKey
ALTER TABLE "subscription" ADD CONSTRAINT "subscription_feed_id_fkey" FOREIGN KEY ("feed_id") REFERENCES "feed"("id") ON DELETE CASCADE ON UPDATE CASCADE;
