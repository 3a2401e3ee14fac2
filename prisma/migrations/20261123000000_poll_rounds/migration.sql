-- AlterTable
ALTER TABLE "feed" ADD COLUMN     "newest_at" TIMESTAMPTZ(3),
ADD COLUMN     "usual_gap_ms" DOUBLE PRECISION;

-- Feeds that are there already: what their newest twenty entries tell
UPDATE "feed" SET "newest_at" = "told"."newest", "usual_gap_ms" = "told"."gap_ms"
FROM (
    SELECT "id", max("at") AS "newest",
        1000 * extract(epoch FROM max("at") - min("at")) / nullif(count(*) - 1, 0) AS "gap_ms"
    FROM (SELECT "feed"."id", "latest"."at" FROM "feed" CROSS JOIN LATERAL (
        SELECT "at" FROM "entry" WHERE "feed_id" = "feed"."id" ORDER BY "at" DESC LIMIT 20) "latest") "twenty"
    GROUP BY "id") "told"
WHERE "told"."id" = "feed"."id";
