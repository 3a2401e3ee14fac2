-- CreateTable
CREATE TABLE "item_edit" (
    "id" BIGSERIAL NOT NULL,
    "watch_item_id" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "via" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "item_edit_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "item_edit_watch_item_id_id_idx" ON "item_edit"("watch_item_id", "id");

-- AddForeignKey
ALTER TABLE "item_edit" ADD CONSTRAINT "item_edit_watch_item_id_fkey" FOREIGN KEY ("watch_item_id") REFERENCES "watch_item"("id") ON DELETE CASCADE ON UPDATE CASCADE;
