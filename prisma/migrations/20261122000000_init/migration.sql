-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "watch_item" (
    "id" TEXT NOT NULL,
    "question" TEXT NOT NULL,
    "subject" TEXT[],
    "context" TEXT[],
    "about" TEXT[],
    "kind" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "official" TEXT[],
    "initial_status" TEXT NOT NULL,
    "initial_expected" TEXT,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "origin" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'watching',
    "standing" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "caught_up_at" TIMESTAMPTZ(3),

    CONSTRAINT "watch_item_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "feed" (
    "id" SERIAL NOT NULL,
    "url" TEXT NOT NULL,
    "title" TEXT,
    "home_url" TEXT,
    "outlet" TEXT,
    "topic" TEXT,
    "origin" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'active',
    "retired_reason" TEXT,
    "every_ms" INTEGER,
    "etag" TEXT,
    "last_modified" TEXT,
    "body_hash" BYTEA,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_poll_at" TIMESTAMPTZ(3),
    "last_ok_at" TIMESTAMPTZ(3),
    "last_entry_at" TIMESTAMPTZ(3),
    "next_poll_at" TIMESTAMPTZ(3),
    "failures" INTEGER NOT NULL DEFAULT 0,
    "failing_since" TIMESTAMPTZ(3),
    "last_error" TEXT,
    "moved_to" TEXT,
    "moved_since" TIMESTAMPTZ(3),

    CONSTRAINT "feed_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "poll" (
    "id" BIGSERIAL NOT NULL,
    "feed_id" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "outcome" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL DEFAULT 0,
    "duration_ms" INTEGER NOT NULL,
    "new_entries" INTEGER NOT NULL DEFAULT 0,
    "new_revisions" INTEGER NOT NULL DEFAULT 0,
    "skipped" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,

    CONSTRAINT "poll_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "entry" (
    "id" BIGSERIAL NOT NULL,
    "feed_id" INTEGER NOT NULL,
    "identity" BYTEA NOT NULL,
    "url" TEXT,
    "outlet" TEXT NOT NULL,
    "author" TEXT,
    "discussion_url" TEXT,
    "published_at" TIMESTAMPTZ(3),
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "revision" (
    "id" BIGSERIAL NOT NULL,
    "entry_id" BIGINT NOT NULL,
    "hash" BYTEA NOT NULL,
    "title" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "revision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "match" (
    "id" BIGSERIAL NOT NULL,
    "watch_item_id" TEXT NOT NULL,
    "entry_id" BIGINT NOT NULL,
    "revision_id" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "story" TEXT NOT NULL,
    "spans" JSONB NOT NULL,

    CONSTRAINT "match_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "claim" (
    "id" BIGSERIAL NOT NULL,
    "match_id" BIGINT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "watch_item_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "url" TEXT NOT NULL,
    "outlet" TEXT NOT NULL,
    "grade" TEXT NOT NULL,
    "signal" TEXT,
    "certainty" TEXT NOT NULL,
    "window" JSONB,
    "quote" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "decision" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "claim_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "status_change" (
    "id" BIGSERIAL NOT NULL,
    "watch_item_id" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "from" TEXT NOT NULL,
    "to" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "certainty" TEXT NOT NULL,
    "expected_before" JSONB,
    "expected_after" JSONB,
    "reason" TEXT NOT NULL,

    CONSTRAINT "status_change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "evidence" (
    "status_change_id" BIGINT NOT NULL,
    "claim_id" BIGINT NOT NULL,
    "ordinal" INTEGER NOT NULL,

    CONSTRAINT "evidence_pkey" PRIMARY KEY ("status_change_id","claim_id")
);

-- CreateTable
CREATE TABLE "alert" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "watch_item_id" TEXT,
    "status_change_id" BIGINT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "body" JSONB NOT NULL,

    CONSTRAINT "alert_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery" (
    "id" UUID NOT NULL,
    "alert_id" UUID NOT NULL,
    "channel" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "next_attempt_at" TIMESTAMPTZ(3),
    "sent_at" TIMESTAMPTZ(3),
    "last_error" TEXT,

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery_attempt" (
    "id" BIGSERIAL NOT NULL,
    "delivery_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "outcome" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "duration_ms" INTEGER NOT NULL,

    CONSTRAINT "delivery_attempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "backfill" (
    "name" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "entries" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "backfill_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "setting" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,

    CONSTRAINT "setting_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE UNIQUE INDEX "feed_url_key" ON "feed"("url");

-- CreateIndex
CREATE INDEX "feed_state_next_poll_at_idx" ON "feed"("state", "next_poll_at");

-- CreateIndex
CREATE INDEX "poll_feed_id_at_idx" ON "poll"("feed_id", "at");

-- CreateIndex
CREATE INDEX "entry_at_idx" ON "entry"("at");

-- CreateIndex
CREATE INDEX "entry_feed_id_at_idx" ON "entry"("feed_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "entry_feed_id_identity_key" ON "entry"("feed_id", "identity");

-- CreateIndex
CREATE UNIQUE INDEX "revision_entry_id_hash_key" ON "revision"("entry_id", "hash");

-- CreateIndex
CREATE INDEX "match_watch_item_id_at_idx" ON "match"("watch_item_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "match_watch_item_id_revision_id_key" ON "match"("watch_item_id", "revision_id");

-- CreateIndex
CREATE INDEX "claim_watch_item_id_at_idx" ON "claim"("watch_item_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "claim_match_id_ordinal_key" ON "claim"("match_id", "ordinal");

-- CreateIndex
CREATE UNIQUE INDEX "status_change_watch_item_id_sequence_key" ON "status_change"("watch_item_id", "sequence");

-- CreateIndex
CREATE INDEX "alert_created_at_idx" ON "alert"("created_at");

-- CreateIndex
CREATE UNIQUE INDEX "alert_status_change_id_kind_key" ON "alert"("status_change_id", "kind");

-- CreateIndex
CREATE INDEX "delivery_state_created_at_idx" ON "delivery"("state", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "delivery_alert_id_channel_key" ON "delivery"("alert_id", "channel");

-- CreateIndex
CREATE INDEX "delivery_attempt_delivery_id_at_idx" ON "delivery_attempt"("delivery_id", "at");

-- AddForeignKey
ALTER TABLE "poll" ADD CONSTRAINT "poll_feed_id_fkey" FOREIGN KEY ("feed_id") REFERENCES "feed"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "entry" ADD CONSTRAINT "entry_feed_id_fkey" FOREIGN KEY ("feed_id") REFERENCES "feed"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "revision" ADD CONSTRAINT "revision_entry_id_fkey" FOREIGN KEY ("entry_id") REFERENCES "entry"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "match" ADD CONSTRAINT "match_watch_item_id_fkey" FOREIGN KEY ("watch_item_id") REFERENCES "watch_item"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "match" ADD CONSTRAINT "match_entry_id_fkey" FOREIGN KEY ("entry_id") REFERENCES "entry"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "match" ADD CONSTRAINT "match_revision_id_fkey" FOREIGN KEY ("revision_id") REFERENCES "revision"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claim" ADD CONSTRAINT "claim_match_id_fkey" FOREIGN KEY ("match_id") REFERENCES "match"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claim" ADD CONSTRAINT "claim_watch_item_id_fkey" FOREIGN KEY ("watch_item_id") REFERENCES "watch_item"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "status_change" ADD CONSTRAINT "status_change_watch_item_id_fkey" FOREIGN KEY ("watch_item_id") REFERENCES "watch_item"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_status_change_id_fkey" FOREIGN KEY ("status_change_id") REFERENCES "status_change"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_claim_id_fkey" FOREIGN KEY ("claim_id") REFERENCES "claim"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alert" ADD CONSTRAINT "alert_watch_item_id_fkey" FOREIGN KEY ("watch_item_id") REFERENCES "watch_item"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alert" ADD CONSTRAINT "alert_status_change_id_fkey" FOREIGN KEY ("status_change_id") REFERENCES "status_change"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_alert_id_fkey" FOREIGN KEY ("alert_id") REFERENCES "alert"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery_attempt" ADD CONSTRAINT "delivery_attempt_delivery_id_fkey" FOREIGN KEY ("delivery_id") REFERENCES "delivery"("id") ON DELETE CASCADE ON UPDATE CASCADE;

