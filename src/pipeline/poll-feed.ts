import type { Fetcher, FetchOutcome } from '../feeds/fetch.ts'
import type { Parser } from '../feeds/parse-aside.ts'
import type { StoredFeed } from '../store/feeds.ts'
import { hostTurn, type HostTurn, type HostTurnOptions } from './host-turn.ts'
import { readBody } from './read-body.ts'
import { heatOf, recordPolls, type Polled, type RecordOptions } from './record-polls.ts'

export interface PollOptions extends RecordOptions, Pick<HostTurnOptions, 'hostGapMs' | 'patienceMs'> {
  readonly fetcher: Fetcher
  readonly parser: Parser
  readonly signal?: AbortSignal
}

/** Polls one feed, when it is its host's turn: fetch, parse, ingest. For polls by hand; the daemon goes on rounds. */
export async function pollFeed(feed: StoredFeed, options: PollOptions): Promise<Polled> {
  const { clock, fetcher, signal } = options
  const turn = await hostTurn(feed.host, { ...options, now: clock.now() })
  if (turn.kind !== 'free') return untouched(feed, turn)
  const began = performance.now()
  const fetched = await fetcher.fetch(feed.url, feed, signal).finally(turn.giveBack)
  if (signal?.aborted === true || isCalledOff(fetched)) return untouched(feed, { kind: 'interrupted' })
  const { id: feedId, url, host, selector } = feed
  const read = await readBody(fetched, feed, { ...options, now: clock.now() })
  const durationMs = Math.round(performance.now() - began)
  const poll = { feedId, url, host, selector, fetched, read, durationMs, refusals: turn.refusals }
  const [polled] = await recordPolls([poll], options)
  if (polled !== undefined) await heatOf([polled], options)
  return polled ?? untouched(feed, { kind: 'interrupted' })
}

/** A new configuration may have put other connections in the place of these while the host's turn was waited for. */
function isCalledOff(fetched: FetchOutcome): boolean {
  return fetched.kind === 'failed' && fetched.code === 'aborted'
}

function untouched(
  { id, url, host, nextPollAt }: StoredFeed,
  why: Exclude<HostTurn, { kind: 'free' }> | { readonly kind: 'interrupted' },
): Polled {
  const shared = { feed: { id, url }, outcome: why.kind, ingested: null, durationMs: 0 }
  switch (why.kind) {
    case 'interrupted':
      return { ...shared, reason: null, nextPollAt }
    case 'busy':
      return { ...shared, reason: `${host} is being asked by another process; try again later`, nextPollAt }
    case 'held':
      return {
        ...shared,
        reason: `${host} asked to be left alone until ${why.until.toISOString()}`,
        nextPollAt: why.until,
      }
  }
}
