-- When an entry was last seen in its feed's document, to some days (null: when it was first seen), and when the document
-- was last read: what is still listed must not be forgotten, else it would come back as new.
ALTER TABLE "entry" ADD COLUMN     "listed_at" TIMESTAMPTZ(3);
ALTER TABLE "feed" ADD COLUMN     "listed_at" TIMESTAMPTZ(3);

-- Checking for each row that its feed, or its entry, is there costs a fifth of storing it; whoever stores it has just
-- locked the one and stored the other. What deleting takes along is still taken along, a statement at a time.
ALTER TABLE "entry" DROP CONSTRAINT "entry_feed_id_fkey";
ALTER TABLE "revision" DROP CONSTRAINT "revision_entry_id_fkey";

CREATE FUNCTION delete_entries_of_feeds() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM "entry" USING gone WHERE "entry"."feed_id" = gone."id";
  RETURN NULL;
END $$;
CREATE TRIGGER "feed_deleted" AFTER DELETE ON "feed" REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION delete_entries_of_feeds();

CREATE FUNCTION delete_revisions_of_entries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM "revision" USING gone WHERE "revision"."entry_id" = gone."id";
  RETURN NULL;
END $$;
CREATE TRIGGER "entry_deleted" AFTER DELETE ON "entry" REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION delete_revisions_of_entries();

-- Whether an entry or a revision has met a question is asked before it is forgotten
CREATE INDEX "match_entry_id_idx" ON "match"("entry_id");
CREATE INDEX "match_revision_id_idx" ON "match"("revision_id");
