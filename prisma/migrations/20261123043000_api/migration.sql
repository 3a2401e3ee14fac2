-- What was answered to requests that carry an Idempotency-Key: the same key gets the same answer for a day.
CREATE TABLE "idempotency_key" (
    "who" BYTEA NOT NULL,
    "key" TEXT NOT NULL,
    "request" BYTEA NOT NULL,
    "answer" JSONB,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotency_key_pkey" PRIMARY KEY ("who","key")
);

CREATE INDEX "idempotency_key_at_idx" ON "idempotency_key"("at");
