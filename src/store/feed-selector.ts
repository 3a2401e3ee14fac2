import type { Queryable } from './database.ts'

/**
 * Says which elements of a page are a feed's entries; null: it is a feed of its own. Another selector reads the same page
 * anew: what is known of the page's version is forgotten, and the feed is due.
 */
export async function setSelector(
  tx: Queryable,
  id: number,
  selector: string | null,
  now: Date,
): Promise<void> {
  await tx.query(
    `update feed set selector = $2, etag = null, last_modified = null, body_hash = null,
       next_poll_at = case when state = 'active' then $3 else next_poll_at end
     where id = $1 and selector is distinct from $2`,
    [id, selector, now],
  )
}
