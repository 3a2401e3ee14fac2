import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { changeItemState, type ItemChange } from '../../pipeline/change-item-state.ts'
import { editItem } from '../../pipeline/edit-item.ts'
import { managedBy } from '../../pipeline/item-desk.ts'
import { editsOf } from '../../store/item-edits.ts'
import { listItems, type StoredItem } from '../../store/watch-items.ts'
import type { Desk } from '../desk.ts'
import { etagOf } from '../etag.ts'
import { choiceOf, fieldOf } from '../fields.ts'
import { faultsOf, readItemForm, textOfList, writtenOfForm, type ItemForm } from '../item-form.ts'
import { kindsOf } from '../kind-choices.ts'
import { renderEditItemPage, type EditNotice } from '../pages/edit-item-page.tsx'
import { renderMissingPage } from '../pages/missing-page.tsx'
import { viewerOf } from '../viewer.ts'

const changes = ['pause', 'resume', 'remove'] as const satisfies readonly ItemChange[]
const notices = ['edited', 'unchanged', 'pause', 'resume', 'remove'] as const

type Asked = FastifyRequest<{ Params: { id: string } }>

/** The page /items/:id/edit: a question's definition, its state and the history of its edits. */
export function editItemRoutes(desk: Desk) {
  return (app: FastifyInstance): void => {
    app.get<{ Params: { id: string } }>('/items/:id/edit', { config: { needs: 'write' } }, (request, reply) =>
      show(desk, request, reply, { notice: choiceOf(request.query, 'done', notices) }),
    )
    app.post<{ Params: { id: string } }>('/items/:id/edit', (request, reply) => take(desk, request, reply))
  }
}

async function take(desk: Desk, request: Asked, reply: FastifyReply): Promise<FastifyReply> {
  const { id } = request.params
  const change = choiceOf(request.body, 'change', changes)
  if (change !== null) return takeChange(change, desk, request, reply)
  const form = readItemForm(request.body)
  const { id: _id, ...typed } = writtenOfForm(form)
  const [before] = await listItems(desk.db.pool, [id])
  // the form shows the minute: who does not touch it keeps the very moment
  const isSince = before !== undefined && typed.since === sinceText(before.item.since)
  const written = isSince ? { ...typed, since: undefined } : typed
  const seen = fieldOf(request.body, 'seen')
  const knows = (stored: StoredItem) => seen === '' || seen === seenTag(stored)
  const edited = await editItem(id, written, { via: 'page', knows }, desk)
  switch (edited.kind) {
    case 'edited':
    case 'unchanged':
      return reply.redirect(`${path(id)}?done=${edited.kind}`, 303)
    case 'stale':
      return show(desk, request, reply.code(409), { form, notice: 'stale' })
    case 'invalid':
      return show(desk, request, reply.code(422), { form, faults: faultsOf(edited.problems) })
    case 'no-item':
      return missing(request, reply)
    case 'removed':
      return show(desk, request, reply.code(409), {
        form,
        refusal: 'The question was removed: add it again.',
      })
    case 'managed':
      return show(desk, request, reply.code(409), { form, refusal: managedText(edited.file) })
  }
}

async function takeChange(
  change: ItemChange,
  desk: Desk,
  request: Asked,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { id } = request.params
  const changed = await changeItemState(id, change, { via: 'page' }, desk)
  switch (changed.kind) {
    case 'changed':
    case 'already':
      return reply.redirect(
        change === 'remove' ? `/items/${encodeURIComponent(id)}?done=removed` : `${path(id)}?done=${change}`,
        303,
      )
    case 'no-item':
      return missing(request, reply)
    case 'removed':
      return show(desk, request, reply.code(409), { refusal: 'The question was removed: add it again.' })
    case 'managed':
      return show(desk, request, reply.code(409), { refusal: managedText(changed.file) })
  }
}

async function show(
  desk: Desk,
  request: Asked,
  reply: FastifyReply,
  shown: {
    readonly form?: ItemForm
    readonly faults?: ReadonlyMap<string, string>
    readonly notice?: EditNotice | null
    readonly refusal?: string
  },
): Promise<FastifyReply> {
  const { pool } = desk.db
  const [stored] = await listItems(pool, [request.params.id])
  if (stored === undefined) return missing(request, reply)
  const managed = stored.origin === 'config' ? managedBy(stored.item.id, desk.config()) : null
  return reply.type('text/html; charset=utf-8').send(
    renderEditItemPage(
      {
        stored,
        form: shown.form ?? formOf(stored),
        seen: seenTag(stored),
        kinds: kindsOf(desk),
        faults: shown.faults ?? new Map<string, string>(),
        notice: shown.notice ?? null,
        refusal: shown.refusal ?? (managed === null ? null : managedText(managed.file)),
        edits: await editsOf(pool, stored.item.id),
      },
      viewerOf(request),
    ),
  )
}

function formOf({ item }: StoredItem): ItemForm {
  const { question, subject, context, about, official, kind, topic, since, id, status, expected } = item
  return {
    ...{ question, kind, topic, id, status, feeds: [] },
    subject: textOfList(subject),
    context: textOfList(context),
    about: textOfList(about),
    official: textOfList(official),
    expected: expected ?? '',
    since: sinceText(since),
  }
}

/** When a watch began as a person would write it, in UTC: the day, or the minute. */
function sinceText(since: Date): string {
  return since.toISOString().slice(0, 16).replace('T', ' ').replace(' 00:00', '')
}

/** Names the definition that a form was filled from. */
function seenTag(stored: StoredItem): string {
  return etagOf(JSON.stringify(formOf(stored)))
}

function managedText(file: string): string {
  return `This question is managed by the configuration: change it in ${file}. openwatch takes the file up as soon as it is saved.`
}

function path(id: string): string {
  return `/items/${encodeURIComponent(id)}/edit`
}

function missing(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const page = renderMissingPage({
    viewer: viewerOf(request),
    section: '/',
    what: 'question',
    list: 'All questions',
  })
  return reply.code(404).type('text/html; charset=utf-8').send(page)
}
