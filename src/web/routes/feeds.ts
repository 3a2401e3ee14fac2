import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { addFeed, type AddFeedOutcome, type FeedWish, type LeftFeed } from '../../pipeline/add-feed.ts'
import { changeFeed, type FeedChange } from '../../pipeline/change-feed.ts'
import { exportFeeds, importFeeds } from '../../pipeline/exchange-feeds.ts'
import { knownText } from '../../pipeline/known-feed.ts'
import { listFeedLines, readFeedInFull } from '../../pipeline/list-feeds.ts'
import { pollNow } from '../../pipeline/poll-now.ts'
import { testFeed, type TestFeedOutcome } from '../../pipeline/test-feed.ts'
import { feedStates, type FeedChoice } from '../../report/feed-standing.ts'
import { maskUrl } from '../../report/mask-url.ts'
import type { Desk } from '../desk.ts'
import { choiceOf, fieldOf, fieldsOf, pageNumber } from '../fields.ts'
import type { FailedAdd } from '../pages/add-feed-form.tsx'
import { feedNotices, renderFeedPage, type FeedNotice } from '../pages/feed-page.tsx'
import { renderFeedsPage, type FeedsNotice } from '../pages/feeds-page.tsx'
import { renderMissingPage } from '../pages/missing-page.tsx'
import { mayDo, viewerOf } from '../viewer.ts'

const perPage = 50

/** No list of feeds that people keep is larger, in bytes. */
const largestList = 5_000_000

/** Feeds that are added by one form. */
const mostAtOnce = 20

/** The pages /feeds and /feeds/:id, with all that is done there, and the list of feeds as OPML. */
export function feedsRoutes(desk: Desk) {
  return async (app: FastifyInstance): Promise<void> => {
    await app.register(multipart, { limits: { fileSize: largestList, files: 1, fields: 5, parts: 10 } })
    app.get('/feeds', async (request, reply) => {
      const notice = fieldOf(request.query, 'done') === 'removed' ? ({ kind: 'removed' } as const) : null
      return showList(desk, request, reply, { notice })
    })
    app.post('/feeds', (request, reply) => add(desk, request, reply))
    app.post('/feeds/import', (request, reply) => takeList(desk, request, reply))
    app.get('/feeds.opml', async (request, reply) => {
      const withSecrets = fieldOf(request.query, 'secrets') === 'yes' && mayDo(viewerOf(request), 'write')
      const { opml } = await exportFeeds(desk, { withSecrets })
      return reply
        .type('text/x-opml; charset=utf-8')
        .header('content-disposition', 'attachment; filename="openwatch-feeds.opml"')
        .send(opml)
    })
    app.get<{ Params: { id: string } }>('/feeds/:id', async (request, reply) => {
      const notice = choiceOf(request.query, 'done', Object.keys(feedNotices) as FeedNotice[])
      return showFeed(desk, request, reply, { notice, tested: null })
    })
    app.post<{ Params: { id: string } }>('/feeds/:id', (request, reply) => act(desk, request, reply))
  }
}

interface Shown {
  readonly notice?: FeedsNotice | null
  readonly failed?: FailedAdd | null
}

async function showList(
  desk: Desk,
  request: FastifyRequest,
  reply: FastifyReply,
  { notice = null, failed = null }: Shown,
): Promise<FastifyReply> {
  const { query } = request
  const choice: FeedChoice = {
    state: choiceOf(query, 'state', feedStates) ?? undefined,
    topic: fieldOf(query, 'topic') || undefined,
    text: fieldOf(query, 'q') || undefined,
  }
  const page = pageNumber(query)
  const feeds = await listFeedLines(choice, { from: (page - 1) * perPage, limit: perPage }, desk)
  const shown = { feeds, choice, page, perPage, notice, failed }
  return html(reply).send(renderFeedsPage({ viewer: viewerOf(request), now: desk.clock.now(), ...shown }))
}

async function showFeed(
  desk: Desk,
  request: FastifyRequest<{ Params: { id: string } }>,
  reply: FastifyReply,
  shown: {
    readonly notice: FeedNotice | null
    readonly tested: Exclude<TestFeedOutcome, { kind: 'unknown' }> | null
  },
): Promise<FastifyReply> {
  const feed = /^\d{1,9}$/.test(request.params.id) ? await readFeedInFull(request.params.id, desk) : null
  if (feed === null) return missing(request, reply)
  const viewer = viewerOf(request)
  return html(reply).send(renderFeedPage({ viewer, now: desk.clock.now(), feed, ...shown }))
}

/** Adds what was pasted, or those of a page's feeds that were ticked. */
async function add(desk: Desk, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const typed: Readonly<Record<string, string>> = Object.fromEntries(
    ['what', 'title', 'topic', 'outlet', 'every', 'selector'].map((name) => [
      name,
      fieldOf(request.body, name),
    ]),
  )
  const whats = fieldsOf(request.body, 'what').slice(0, mostAtOnce)
  const given = (name: string) => (typed[name] === '' ? undefined : typed[name])
  const wish = (what: string): FeedWish => ({
    what,
    // one name does not fit several
    title: whats.length < 2 ? given('title') : undefined,
    topic: given('topic'),
    outlet: given('outlet'),
    every: given('every'),
    selector: given('selector'),
    unseen: fieldOf(request.body, 'unseen') === 'yes',
  })
  const outcomes: { what: string; outcome: AddFeedOutcome }[] = []
  for (const what of whats.length === 0 ? [''] : whats)
    outcomes.push({ what, outcome: await addFeed(wish(what), desk) })
  const [first] = outcomes
  if (first !== undefined && outcomes.length === 1) {
    const { outcome } = first
    if (outcome.kind === 'added')
      return reply.redirect(`/feeds/${outcome.added[0]?.id ?? ''}?done=added`, 303)
    const failed = { typed, outcome }
    return showList(desk, request, reply.code(outcome.kind === 'choose' ? 200 : 422), { failed })
  }
  const added = outcomes.flatMap(({ outcome }) => (outcome.kind === 'added' ? outcome.added : []))
  return showList(desk, request, reply, { notice: { kind: 'added', added, left: outcomes.flatMap(leftOf) } })
}

function leftOf({ what, outcome }: { what: string; outcome: AddFeedOutcome }): readonly LeftFeed[] {
  switch (outcome.kind) {
    case 'added':
      return outcome.left
    case 'known':
      return [{ ...outcome, url: outcome.feed.url, reason: knownText(outcome.feed) }]
    case 'choose':
      return [{ kind: 'no-feed', url: what, reason: `${maskUrl(what)} is a page with several feeds` }]
    case 'mistakes':
      return [{ kind: 'no-feed', url: what, reason: outcome.problems[0]?.message ?? maskUrl(what) }]
    case 'no-feed':
    case 'unreachable':
      return [outcome]
  }
}

async function takeList(desk: Desk, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const file = await uploaded(request)
  if (typeof file === 'string')
    return showList(desk, request, reply.code(422), { notice: { kind: 'no-file', reason: file } })
  const outcome = await importFeeds(file, desk)
  return showList(desk, request, reply.code(outcome.kind === 'nothing' ? 422 : 200), {
    notice: { kind: 'import', outcome },
  })
}

/** The bytes of the file that was sent, or why there are none. */
async function uploaded(request: FastifyRequest): Promise<Uint8Array | string> {
  const choose = 'Choose a file first: an OPML file that another reader exported.'
  if (!request.isMultipart()) return choose
  try {
    const file = await request.file()
    const bytes = await file?.toBuffer()
    return bytes === undefined || bytes.length === 0 ? choose : bytes
  } catch (error) {
    const code = error instanceof Error && 'statusCode' in error ? error.statusCode : null
    if (code === 413) return 'The file is too large: lists of feeds of up to 5 MB are taken.'
    // what busboy cannot read of a form that broke off has no code
    const isBroken = error instanceof Error && /multipart|part header/i.test(error.message)
    if (isBroken || (typeof code === 'number' && code < 500))
      return 'The file could not be read as it was sent. Try again.'
    throw error
  }
}

async function act(
  desk: Desk,
  request: FastifyRequest<{ Params: { id: string } }>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { id } = request.params
  const wanted = choiceOf(request.body, 'do', ['test', 'poll', 'pause', 'resume', 'remove'])
  if (!/^\d{1,9}$/.test(id) || wanted === null) return missing(request, reply)
  if (wanted === 'test') {
    const tested = await testFeed(id, desk)
    if (tested.kind === 'unknown') return missing(request, reply)
    return showFeed(desk, request, reply, { notice: null, tested })
  }
  const done = wanted === 'poll' ? await pollByHand(id, desk) : await change(id, wanted, desk)
  if (done === null) return missing(request, reply)
  return reply.redirect(done === 'removed' ? '/feeds?done=removed' : `/feeds/${id}?done=${done}`, 303)
}

/** Null where there is no such feed. */
async function pollByHand(id: string, desk: Desk): Promise<FeedNotice | null> {
  const now = await pollNow(id, desk)
  if (now.kind === 'unknown') return null
  const { outcome } = now.polled
  return outcome === 'held' || outcome === 'busy' || outcome === 'interrupted' ? outcome : 'polled'
}

async function change(id: string, wanted: FeedChange, desk: Desk): Promise<FeedNotice | 'removed' | null> {
  const changed = await changeFeed(id, wanted, desk)
  switch (changed.kind) {
    case 'unknown':
      return null
    case 'configured':
    case 'retired':
      return changed.kind
    case 'already':
    case 'done':
      return pastOf[wanted]
  }
}

const pastOf = { pause: 'paused', resume: 'resumed', remove: 'removed' } as const

function missing(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return html(reply)
    .code(404)
    .send(
      renderMissingPage({ viewer: viewerOf(request), section: '/feeds', what: 'feed', list: 'All feeds' }),
    )
}

function html(reply: FastifyReply): FastifyReply {
  return reply.type('text/html; charset=utf-8')
}
