import { itemLimits } from '../../config/schema/item-limits.ts'
import type { LeftOutFeed } from '../../pipeline/add-feeds.ts'
import type { ItemProposal } from '../../pipeline/propose-item.ts'
import type { Preview } from '../../pipeline/preview.ts'
import { clip } from '../../report/plain.ts'
import type { ItemForm } from '../item-form.ts'
import type { Viewer } from '../viewer.ts'
import { FeedChoices } from './feed-choices.tsx'
import { ItemFields, type KindChoice } from './item-fields.tsx'
import { Layout, renderDocument } from './layout.tsx'
import { PreviewSection, PreviewView } from './preview-view.tsx'
import { describedBy, FieldNotes } from './text-field.tsx'

/** What the page of a new question shows. */
export interface NewItemShown {
  readonly form: ItemForm
  readonly kinds: readonly KindChoice[]
  readonly faults: ReadonlyMap<string, string>
  /** Null before there is a question. */
  readonly proposal: ItemProposal | null
  /** What was chosen of the feeds; null where nobody has chosen yet. */
  readonly chosenFeeds: readonly string[] | null
  readonly preview: Preview | null
}

const examples = [
  'When will Debian 14 be released?',
  'Will the EU adopt the Chat Control regulation?',
  'Will Valve publish the specification of its next headset?',
]

/** The page on which a question is put under watch, as a whole HTML document. */
export function renderNewItemPage(shown: NewItemShown, viewer: Viewer): string {
  return renderDocument(
    <Layout title="New question · openwatch" viewer={viewer} section="/items/new" scripts={['new-item.js']}>
      <div class="new-item">
        <h1>What do you want to know?</h1>
        <p class="lede">
          Write it as you would ask somebody. The rest is proposed from your words and from what is stored,
          and you see at once what the question would have told you.
        </p>
        <QuestionForm shown={shown} />
      </div>
    </Layout>,
  )
}

function QuestionForm({ shown }: { readonly shown: NewItemShown }) {
  const { form, faults, proposal, preview } = shown
  const isAsked = proposal !== null
  return (
    <form
      id="new-item"
      class="ask"
      method={isAsked ? 'post' : 'get'}
      action="/items/new"
      data-live={isAsked ? 'asked' : 'empty'}
    >
      <QuestionField value={form.question} fault={faults.get('question')} isFirst={!isAsked} />
      <div class="buttons next">
        {isAsked ? (
          <button class="second" type="submit" formmethod="get" formnovalidate name="anew" value="yes">
            Propose again from the question
          </button>
        ) : (
          <button type="submit">Go on</button>
        )}
      </div>
      <div class="asked" id="asked" hidden={!isAsked}>
        <div id="proposal" class="stack proposed">
          {isAsked ? <ProposalFields {...shown} proposal={proposal} /> : null}
        </div>
        <div>
          <DoButtons />
          <PreviewSection isHidden={false}>
            {preview === null ? (
              <p class="nothing">Press “Preview” to look through the stored entries.</p>
            ) : (
              <PreviewView preview={preview} />
            )}
          </PreviewSection>
        </div>
      </div>
    </form>
  )
}

function QuestionField({
  value,
  fault,
  isFirst,
}: {
  readonly value: string
  readonly fault: string | undefined
  readonly isFirst: boolean
}) {
  const hint = (
    <>
      In English, and so that a headline could answer it. For example:{' '}
      {examples.map((one, at) => (
        <>
          {at === 0 ? '' : ' · '}
          <a href={`/items/new?question=${encodeURIComponent(one)}`}>{one}</a>
        </>
      ))}
    </>
  )
  return (
    <div class="field question">
      <label for="question">Your question</label>
      <FieldNotes name="question" fault={fault} />
      <input
        id="question"
        name="question"
        type="text"
        required
        maxLength={itemLimits.question}
        autocomplete="off"
        autofocus={isFirst}
        placeholder="When will …?"
        value={value}
        aria-describedby={describedBy({ name: 'question', hint }, fault)}
        aria-invalid={fault === undefined ? undefined : 'true'}
      />
      <FieldNotes name="question" hint={hint} />
    </div>
  )
}

function DoButtons() {
  return (
    <div class="buttons do">
      <button type="submit" formmethod="post" formaction="/items/new">
        Watch this question
      </button>
      <button
        class="second preview-button"
        type="submit"
        formmethod="post"
        formaction="/items/new"
        name="do"
        value="preview"
      >
        Preview
      </button>
    </div>
  )
}

/** The fields that were proposed, and the buttons: also by themselves, while somebody types. */
export function ProposalFields({
  form,
  kinds,
  faults,
  proposal,
  chosenFeeds,
}: Omit<NewItemShown, 'preview' | 'proposal'> & { readonly proposal: ItemProposal }) {
  return (
    <>
      {proposal.alike.length === 0 ? null : (
        <p class="notice warning" role="status">
          Asked already, or something like it:{' '}
          {proposal.alike.map(({ id, question }, at) => (
            <>
              {at === 0 ? '' : '; '}
              <a href={`/items/${encodeURIComponent(id)}`}>{clip(question, 120)}</a>
            </>
          ))}
        </p>
      )}
      <ItemFields form={form} kinds={kinds} faults={faults} proposal={proposal} isEdit={false} />
      <FeedChoices feeds={proposal.feeds} chosen={chosenFeeds} />
    </>
  )
}

/** Says that the question is watched, and which feeds could not be added and why. */
export function renderAddedPage(
  {
    itemId,
    question,
    left,
  }: { readonly itemId: string; readonly question: string; readonly left: readonly LeftOutFeed[] },
  viewer: Viewer,
): string {
  return renderDocument(
    <Layout title="Watched · openwatch" viewer={viewer} section="/items/new">
      <h1>The question is under watch</h1>
      <p class="lede">{clip(question, 300)}</p>
      <section class="notice warning">
        <h2>Feeds that could not be added</h2>
        <ul>
          {left.map(({ what, reason }) => (
            <li>
              <strong>{clip(what, 160)}</strong>: {clip(reason, 300)}
            </li>
          ))}
        </ul>
      </section>
      <p class="buttons">
        <a class="button" href={`/items/${encodeURIComponent(itemId)}`}>
          To the question
        </a>
        <a class="button second" href="/feeds">
          To the feeds
        </a>
      </p>
    </Layout>,
  )
}
