-- Who works on this database: each process says every few seconds that it lives. Rewritten often, hence the room.
CREATE TABLE "process" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "pid" INTEGER NOT NULL,
    "version" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "doing" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "process_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "process" SET (fillfactor = 50);
