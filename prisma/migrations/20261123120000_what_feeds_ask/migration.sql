-- How long a feed asks to be left alone between polls (ttl) and how often it says that it changes (sy:update*), in
-- minutes: what says so is not read again with a 304.
ALTER TABLE "feed" ADD COLUMN     "ttl_minutes" DOUBLE PRECISION,
ADD COLUMN     "update_minutes" DOUBLE PRECISION;
