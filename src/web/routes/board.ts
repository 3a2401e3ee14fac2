import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { boardStatuses, type BoardFilter } from '../../report/board.ts'
import { createCards, type BoardCards } from '../board-cards.tsx'
import type { BoardSnapshot, LiveBoard } from '../board-snapshot.ts'
import { renderBoardPage } from '../pages/board-page.tsx'
import { viewerOf, type Viewer } from '../viewer.ts'

/** A page that was made, and the same compressed as soon as somebody wants it so. */
interface MadePage {
  readonly html: string
  zipped?: Promise<Buffer>
}

/** What is made of one snapshot. */
interface Made {
  readonly snapshot: BoardSnapshot
  readonly cards: BoardCards
  readonly pages: Map<string, MadePage>
}

/** So many filters of one snapshot are kept; whoever asks for more has them made anew. */
const mostPages = 64

const zip = promisify(gzip)

/** An empty field of a form says nothing; what makes no sense is left out. */
const optional = (schema: z.ZodType<string>) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional()).catch(undefined)

const query = z.object({
  q: optional(z.string().max(200)),
  topic: optional(z.string().max(200)),
  status: z.enum(boardStatuses).optional().catch(undefined),
})

/** The page /: all questions, or those that a filter leaves. */
export function boardRoutes(live: LiveBoard) {
  let made: Made | null = null

  function madeOf(snapshot: BoardSnapshot): Made {
    if (made?.snapshot === snapshot) return made
    const cards = made === null ? createCards(snapshot) : made.cards.next(snapshot)
    return (made = { snapshot, cards, pages: new Map() })
  }

  return (app: FastifyInstance, _options: object, done: () => void): void => {
    app.get('/', { config: { needs: 'report' } }, async (request, reply) => {
      const { q, topic, status } = query.parse(request.query)
      const asked = { filter: { text: q?.trim(), topic, status }, viewer: viewerOf(request) }
      return send(request, reply, pageOf(madeOf(await live.current()), asked))
    })
    done()
  }
}

function pageOf(
  { snapshot, cards, pages }: Made,
  asked: { readonly filter: BoardFilter; readonly viewer: Viewer },
): MadePage {
  const key = JSON.stringify(asked)
  const known = pages.get(key)
  if (known !== undefined) return known
  const { report, version } = snapshot
  const page = { html: renderBoardPage({ report, version, cards, ...asked }) }
  if (pages.size < mostPages) pages.set(key, page)
  return page
}

async function send(request: FastifyRequest, reply: FastifyReply, page: MadePage): Promise<FastifyReply> {
  reply.type('text/html; charset=utf-8').header('vary', 'accept-encoding')
  if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) return reply.send(page.html)
  const body = await (page.zipped ??= zip(page.html))
  return reply.header('content-encoding', 'gzip').send(body)
}
