import type { FastifyInstance, FastifyReply } from 'fastify'
import type { ClosedLink, Followed, OpenLink } from '../pipeline/follow-link.ts'
import { renderActionPage, renderClosedPage, renderDonePage } from './pages/action-page.tsx'

/** What the links in alerts lead to. */
export interface ActionParts {
  readonly look: (token: string) => Promise<OpenLink | ClosedLink>
  readonly follow: (token: string, form: Readonly<Record<string, string>>) => Promise<Followed>
}

/** No form of ours is larger, in bytes. */
const largestForm = 8192

/**
 * The pages behind the links in alerts. Only POST does anything: programs that look at links before people do (mail
 * scanners, chats that show previews) ask by GET or HEAD.
 */
export function actionRoutes(parts: ActionParts) {
  return (app: FastifyInstance, _options: object, done: () => void): void => {
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', { parseAs: 'string', bodyLimit: largestForm }, (_request, body, parsed) => {
      parsed(null, Object.fromEntries(new URLSearchParams(String(body))))
    })
    app.get<{ Params: { token: string } }>(
      '/act/:token',
      { config: { needs: 'nothing' } },
      async ({ params }, reply) => {
        const link = await parts.look(params.token)
        if (link.kind !== 'open') return closed(reply, link)
        return page(reply).send(renderActionPage(link, false))
      },
    )
    app.post<{ Params: { token: string }; Body: Record<string, string> | undefined }>(
      '/act/:token',
      { config: { needs: 'nothing' } },
      async ({ params, body }, reply) => {
        const followed = await parts.follow(params.token, body ?? {})
        switch (followed.kind) {
          case 'done':
            return page(reply).send(renderDonePage(followed.link, followed.result))
          case 'unchosen':
            return page(reply).code(400).send(renderActionPage(followed.link, true))
          default:
            return closed(reply, followed)
        }
      },
    )
    done()
  }
}

function closed(reply: FastifyReply, { kind }: ClosedLink): FastifyReply {
  return page(reply)
    .code(kind === 'forged' ? 403 : 410)
    .send(renderClosedPage(kind))
}

function page(reply: FastifyReply): FastifyReply {
  return reply.type('text/html; charset=utf-8')
}
