import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { itemLimits } from '../../config/schema/item-limits.ts'
import { addFeeds } from '../../pipeline/add-feeds.ts'
import { addItem, withSince, type AddedItem } from '../../pipeline/add-item.ts'
import { previewSteps, type Preview, type PreviewStep } from '../../pipeline/preview.ts'
import { proposeItem, type ItemProposal } from '../../pipeline/propose-item.ts'
import { readWrittenItem, type FieldProblem, type ReadItem } from '../../pipeline/written-item.ts'
import type { WatchItem } from '../../matching/watch-item.ts'
import type { Desk } from '../desk.ts'
import { fieldOf } from '../fields.ts'
import { kindsOf } from '../kind-choices.ts'
import { faultsOf, readItemForm, textOfList, writtenOfForm, type ItemForm } from '../item-form.ts'
import { renderAddedPage, renderNewItemPage, type NewItemShown } from '../pages/new-item-page.tsx'
import { renderProposalPart, renderPreviewLine } from '../pages/preview-parts.tsx'
import { viewerOf } from '../viewer.ts'
import { editItemRoutes } from './edit-item.ts'

/** The page /items/new: a question in, a watch item out; and what its script asks for meanwhile. */
export function newItemRoutes(desk: Desk) {
  return (app: FastifyInstance, _options: object, done: () => void): void => {
    app.get('/items/new', { config: { needs: 'write' } }, (request, reply) => ask(desk, request, reply))
    app.post('/items/new', (request, reply) => take(desk, request, reply))
    app.get('/items/propose', { config: { needs: 'read' } }, async (request, reply) => {
      const leaving = leavingOf(request)
      const form = readItemForm(request.query)
      const proposing = await proposeItem(form.question, desk, leaving)
      if (proposing.kind === 'no-question') return reply.code(204).send()
      const { proposal } = proposing
      const shown = {
        form: formOf(proposal),
        kinds: kindsOf(desk),
        faults: new Map<string, string>(),
        proposal,
      }
      return html(reply).send(renderProposalPart({ ...shown, chosenFeeds: null }))
    })
    app.get('/items/preview', { config: { needs: 'read' } }, async (request, reply) => {
      const read = await readForm(desk, readItemForm(request.query))
      const type = 'application/x-ndjson; charset=utf-8'
      if (read.kind === 'invalid') {
        const faults = Object.fromEntries(faultsOf(read.problems))
        return reply.type(type).send(`${JSON.stringify({ kind: 'invalid', faults })}\n`)
      }
      return reply.type(type).send(Readable.from(previewLines(desk, read.item, leavingOf(request))))
    })
    editItemRoutes(desk)(app)
    done()
  }
}

async function ask(desk: Desk, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const typed = readItemForm(request.query)
  const proposing = typed.question === '' ? null : await proposeItem(typed.question, desk, leavingOf(request))
  if (proposing === null || proposing.kind === 'no-question') {
    const problem = {
      field: 'question',
      message: 'there is no question in this',
      fix: 'write at least a few words',
    }
    const faults = faultsOf(proposing === null ? [] : [problem])
    return show(desk, request, reply, { form: typed, faults })
  }
  const { proposal } = proposing
  const faults = proposing.kind === 'no-subject' ? faultsOf([noSubject]) : new Map<string, string>()
  return show(desk, request, reply, { form: formOf(proposal), proposal, faults })
}

const noSubject: FieldProblem = {
  field: 'subject',
  message: 'nothing in the question names anything that could be looked for',
  fix: 'write the names of what you ask about',
}

/** A form that was sent: to be previewed, or to be watched. */
async function take(desk: Desk, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { body } = request
  const form = readItemForm(body)
  if (fieldOf(body, 'do') === 'preview') return previewForm(desk, request, reply, form)
  const added = await addItem(
    writtenOfForm({ ...form, since: form.since === 'now' ? '' : form.since }),
    { via: 'page' },
    desk,
  )
  if (added.kind !== 'added') {
    const faults = faultsOf(problemsOf(added))
    return show(desk, request, reply.code(422), {
      form,
      faults,
      proposal: await proposalOf(desk, form),
      chosenFeeds: form.feeds,
    })
  }
  const { item } = added.stored
  const left = await addFeeds(form.feeds, item.topic, desk)
  if (left.length > 0)
    return html(reply).send(
      renderAddedPage({ itemId: item.id, question: item.question, left }, viewerOf(request)),
    )
  return reply.redirect(`/items/${encodeURIComponent(item.id)}?done=added`, 303)
}

function problemsOf(added: Exclude<AddedItem, { kind: 'added' }>): readonly FieldProblem[] {
  if (added.kind === 'invalid') return added.problems
  const { id, free } = added
  return [{ field: 'id', message: `the name "${id}" is taken`, fix: `write another, such as "${free}"` }]
}

async function previewForm(
  desk: Desk,
  request: FastifyRequest,
  reply: FastifyReply,
  form: ItemForm,
): Promise<FastifyReply> {
  const proposal = await proposalOf(desk, form)
  const read = await readForm(desk, form)
  const shown = { form, proposal, chosenFeeds: form.feeds }
  if (read.kind === 'invalid')
    return show(desk, request, reply.code(422), { ...shown, faults: faultsOf(read.problems) })
  let preview: Preview | null = null
  for await (const step of previewSteps(desk.db, read.item, desk.config(), { signal: leavingOf(request) }))
    if (step.kind === 'done') preview = step.preview
  return show(desk, request, reply, { ...shown, preview })
}

/** The item that a form describes; where its watch is to begin now, the stored entries are looked at all the same. */
async function readForm(desk: Desk, form: ItemForm): Promise<ReadItem> {
  const since = form.since === '' || form.since === 'now' ? 'stored' : form.since
  const written = await withSince(writtenOfForm({ ...form, since }), desk)
  return readWrittenItem(written, { kinds: desk.config().kinds, since: desk.clock.now() })
}

async function* previewLines(desk: Desk, item: WatchItem, signal: AbortSignal): AsyncGenerator<string> {
  try {
    for await (const step of previewSteps(desk.db, item, desk.config(), { signal })) yield lineOf(step)
  } catch (error) {
    // the answer has begun: what went wrong is its last line
    desk.logger.error({ event: 'preview-failed', err: error }, 'a preview could not be finished')
    yield `${JSON.stringify({ kind: 'failed' })}\n`
  }
}

function lineOf(step: PreviewStep): string {
  return `${JSON.stringify(renderPreviewLine(step))}\n`
}

async function proposalOf(desk: Desk, form: ItemForm): Promise<ItemProposal | null> {
  const asked = form.question === '' ? form.subject : form.question
  // one that is too long is refused, and what stands in its beginning is proposed all the same
  const proposing = await proposeItem(asked.slice(0, itemLimits.question), desk)
  return proposing.kind === 'no-question' ? null : proposing.proposal
}

async function show(
  desk: Desk,
  request: FastifyRequest,
  reply: FastifyReply,
  shown: Partial<NewItemShown> & Pick<NewItemShown, 'form'>,
): Promise<FastifyReply> {
  const nothing = { faults: new Map<string, string>(), proposal: null, chosenFeeds: null, preview: null }
  return html(reply).send(
    renderNewItemPage({ ...nothing, kinds: kindsOf(desk), ...shown }, viewerOf(request)),
  )
}

/** A form filled in with what is proposed. */
function formOf(proposal: ItemProposal): ItemForm {
  const list = (name: 'subject' | 'context' | 'about' | 'official') =>
    textOfList(proposal[name].map(({ value }) => value))
  return {
    question: proposal.question,
    subject: list('subject'),
    context: list('context'),
    about: list('about'),
    official: list('official'),
    kind: proposal.kind.value,
    topic: proposal.topic.value,
    since: 'stored',
    id: '',
    status: 'open',
    expected: '',
    feeds: [],
  }
}

/** Aborts when whoever asked does not wait any more. */
function leavingOf({ raw }: FastifyRequest): AbortSignal {
  const leaving = new AbortController()
  raw.socket.once('close', () => leaving.abort())
  return leaving.signal
}

function html(reply: FastifyReply): FastifyReply {
  return reply.type('text/html; charset=utf-8')
}
