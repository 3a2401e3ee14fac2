import type { ItemEdit } from '../../store/item-edits.ts'
import type { StoredItem } from '../../store/watch-items.ts'
import { clip } from '../../report/plain.ts'
import type { ItemForm } from '../item-form.ts'
import type { Viewer } from '../viewer.ts'
import { AskFirst } from './ask-first.tsx'
import { Edits } from './item-edits.tsx'
import { ItemFields, type KindChoice } from './item-fields.tsx'
import { Layout, renderDocument } from './layout.tsx'
import { PreviewSection } from './preview-view.tsx'
import { TextField } from './text-field.tsx'

/** What was just done. */
export type EditNotice = 'edited' | 'unchanged' | 'stale' | 'pause' | 'resume' | 'remove'

/** What the page of a question's definition shows. */
export interface EditItemShown {
  readonly stored: StoredItem
  readonly form: ItemForm
  /** Names the definition as it is now, so that a form of an older one is not saved over it. */
  readonly seen: string
  readonly kinds: readonly KindChoice[]
  readonly faults: ReadonlyMap<string, string>
  readonly notice: EditNotice | null
  /** Why it cannot be changed here; null where it can. */
  readonly refusal: string | null
  readonly edits: readonly ItemEdit[]
}

const noticeTexts: Readonly<Record<EditNotice, string>> = {
  edited: 'Saved. What is stored was judged by the new words; nobody was told of old news.',
  unchanged: 'Nothing was changed.',
  stale:
    'Not saved: somebody changed this question meanwhile, see the history below. What you wrote is still here; save it again to put it in place of theirs.',
  pause: 'The question is paused: nothing is judged for it.',
  resume: 'The question is watched again. What came meanwhile was judged, silently.',
  remove: 'The question is removed; its history is kept.',
}

/** The page on which a question is edited, as a whole HTML document. */
export function renderEditItemPage(shown: EditItemShown, viewer: Viewer): string {
  const { stored, notice, refusal, edits } = shown
  const path = `/items/${encodeURIComponent(stored.item.id)}`
  const isOpen = stored.origin === 'user' && stored.state !== 'retired'
  return renderDocument(
    <Layout
      title={`Edit: ${clip(stored.item.question, 80)} · openwatch`}
      viewer={viewer}
      section="/"
      scripts={['new-item.js']}
    >
      <p class="crumb">
        <a href={path}>← {clip(stored.item.question, 80)}</a>
      </p>
      <h1>Edit the question</h1>
      {notice === null ? null : (
        <p class={`notice ${notice === 'stale' ? 'warning' : 'good'}`} role="status">
          {noticeTexts[notice]}
        </p>
      )}
      {refusal === null ? null : (
        <p class="notice warning" role="status">
          {refusal}
        </p>
      )}
      {isOpen ? <EditForm {...shown} /> : null}
      <StateForm stored={stored} path={path} />
      <Edits edits={edits} />
    </Layout>,
  )
}

function EditForm({ stored, form, seen, kinds, faults }: EditItemShown) {
  return (
    <form
      id="edit-item"
      class="ask stack"
      method="post"
      action={`/items/${encodeURIComponent(stored.item.id)}/edit`}
      data-live="asked"
    >
      <input type="hidden" name="seen" value={seen} />
      <div class="asked">
        <div class="stack proposed">
          <TextField
            field={{
              name: 'question',
              label: 'Question',
              hint: 'In words for people; its verb tells what is asked.',
            }}
            value={form.question}
            fault={faults.get('question')}
          />
          <ItemFields form={form} kinds={kinds} faults={faults} proposal={null} isEdit={true} />
          <div class="buttons">
            <button type="submit">Save</button>
          </div>
        </div>
        <PreviewSection isHidden={true} />
      </div>
    </form>
  )
}

function StateForm({ stored, path }: { readonly stored: StoredItem; readonly path: string }) {
  if (stored.state === 'retired') return null
  const change = stored.state === 'paused' ? 'resume' : 'pause'
  return (
    <section class="section" aria-labelledby="state">
      <h2 id="state">{stored.state === 'paused' ? 'It is paused' : 'Stop watching'}</h2>
      <form class="buttons" method="post" action={`${path}/edit`}>
        <button class="second" type="submit" name="change" value={change}>
          {change === 'resume' ? 'Watch it again' : 'Pause'}
        </button>
      </form>
      {stored.origin === 'config' ? null : (
        <AskFirst
          label="Remove it…"
          consequence="Nothing more is judged or told for this question. What is known of it is kept, and its page can still be read."
        >
          <form method="post" action={`${path}/edit`}>
            <button class="danger" type="submit" name="change" value="remove">
              Remove the question
            </button>
          </form>
        </AskFirst>
      )}
    </section>
  )
}
