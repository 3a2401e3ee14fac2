import { z } from 'zod'
import type { FeedInFull, FeedLine } from '../../../pipeline/list-feeds.ts'
import type { TestFeedOutcome } from '../../../pipeline/test-feed.ts'
import { feedStates } from '../../../report/feed-standing.ts'
import { maskUrl } from '../../../report/mask-url.ts'
import { many, moment } from './common.ts'

/** Names a feed in a path. */
export const feedParams = z.object({
  id: z
    .string()
    .regex(/^\d{1,9}$/)
    .meta({ description: 'The number of a feed' }),
})

const pollSchema = z
  .object({
    at: moment(),
    outcome: z.string().meta({ description: 'new, unchanged, refused, gone, failed, not-a-feed or pushed' }),
    newEntries: z.int(),
  })
  .meta({ id: 'Poll', description: 'What came of one poll' })

const line = {
  id: z.string(),
  url: z.string().meta({ description: 'Passwords and keys in it are ***' }),
  ...{ title: z.string().nullable(), homeUrl: z.string().nullable(), outlet: z.string().nullable() },
  topic: z.string().nullable(),
  origin: z.enum(['config', 'user', 'archive']),
  state: z
    .enum(feedStates)
    .meta({ description: 'How it is; `stale`: it answers, but is silent beyond its rhythm' }),
  trouble: z.string().nullable().meta({ description: 'Why it is not well' }),
  everyMs: z.int().nullable().meta({ description: 'A fixed interval; null: adaptive' }),
  selector: z.string().nullable(),
  ...{ createdAt: moment(), lastPollAt: moment().nullable(), lastOkAt: moment().nullable() },
  ...{ lastEntryAt: moment().nullable(), nextPollAt: moment().nullable(), failures: z.int() },
  isPushed: z.boolean().meta({ description: 'A hub delivers it' }),
  polls: many(pollSchema).meta({ description: 'Its last polls, the oldest first' }),
  brought: z
    .object({ entries: z.int(), matches: z.int() })
    .meta({ description: 'What it brought in the last 30 days' }),
}

/** A feed in a list. */
export const feedSchema = z.object(line).meta({ id: 'Feed', description: 'A feed and how it fares' })

const loggedSchema = z.object({
  ...{ id: z.string(), ...pollSchema.shape, bytes: z.int(), durationMs: z.int(), newRevisions: z.int() },
  ...{ skipped: z.int(), error: z.string().nullable() },
})

const feedEntrySchema = z.object({
  ...{ id: z.string(), title: z.string(), url: z.string().nullable(), outlet: z.string(), at: moment() },
  items: many(z.string()).meta({ description: 'The questions that it met' }),
})

/** A feed in full. */
export const feedInFullSchema = z
  .object({ ...line, log: many(loggedSchema), entries: many(feedEntrySchema) })
  .meta({ id: 'FeedInFull', description: 'A feed with its poll log and its newest entries' })

/** A feed as plain data. */
export function feedJson({ feed, trouble, polls, brought }: FeedLine): z.input<typeof feedSchema> {
  const { title, homeUrl, outlet, topic = null, origin, state, everyMs, failures, isPushed, selector } = feed
  const iso = (time: Date | null) => time?.toISOString() ?? null
  return {
    ...{ id: String(feed.id), url: maskUrl(feed.url), title, homeUrl, outlet, topic, origin, state, trouble },
    ...{ everyMs, selector, failures, isPushed, brought },
    createdAt: feed.createdAt.toISOString(),
    ...{ lastPollAt: iso(feed.lastPollAt), lastOkAt: iso(feed.lastOkAt) },
    ...{ lastEntryAt: iso(feed.lastEntryAt), nextPollAt: iso(feed.nextPollAt) },
    polls: polls.map(({ at, ...poll }) => ({ ...poll, at: at.toISOString() })),
  }
}

/** A feed in full as plain data. */
export function feedInFullJson(feed: FeedInFull): z.input<typeof feedInFullSchema> {
  return {
    ...feedJson(feed),
    log: feed.log.map(({ at, ...poll }) => ({ ...poll, at: at.toISOString() })),
    entries: feed.entries.map(({ at, ...entry }) => ({ ...entry, at: at.toISOString() })),
  }
}

/** What an address has, asked for just now. */
export const seenFeedSchema = z
  .object({
    ...{ url: z.string(), format: z.string(), title: z.string().nullable(), homeUrl: z.string().nullable() },
    entries: z.int(),
    newest: many(
      z.object({
        title: z.string(),
        url: z.string().nullable(),
        outlet: z.string(),
        publishedAt: moment().nullable(),
      }),
    ).meta({ description: 'The first of them' }),
  })
  .meta({ id: 'SeenFeed', description: 'What a feed has, asked for just now' })

/** A feed that was looked at, as plain data. */
export function seenJson(
  url: string,
  { format, title, homeUrl, entries }: Extract<TestFeedOutcome, { kind: 'feed' }>['seen'],
): z.input<typeof seenFeedSchema> {
  return {
    ...{ url: maskUrl(url), format, title, homeUrl, entries: entries.length },
    newest: entries.slice(0, 10).map((entry) => ({
      ...{ title: entry.title, url: entry.url, outlet: entry.outlet },
      publishedAt: entry.publishedAt?.toISOString() ?? null,
    })),
  }
}
