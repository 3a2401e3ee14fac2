import type { AddFeedOutcome } from '../../pipeline/add-feed.ts'
import { maskUrl } from '../../report/mask-url.ts'
import { count } from '../../report/people-time.ts'
import { clip } from '../../report/plain.ts'
import { addFaultText } from './feed-words.ts'
import { TextField, type Asked } from './text-field.tsx'

/** What was typed into the form, field by field. */
export type FeedForm = Readonly<Record<string, string>>

/** What did not go well, with what was typed, to be mended. */
export interface FailedAdd {
  readonly typed: FeedForm
  readonly outcome: Exclude<AddFeedOutcome, { kind: 'added' }>
}

const what: Asked = {
  name: 'what',
  label: 'Address or shorthand',
  hint: (
    <>
      A feed, or any page that has one. Also <code>github:owner/name</code>, <code>hf:organisation</code>,{' '}
      <code>news:words</code>, <code>hn:words</code>, <code>arxiv:words</code>, <code>youtube:@channel</code>,{' '}
      <code>r/subreddit</code>.
    </>
  ),
  isRequired: true,
}

const more: readonly Asked[] = [
  { name: 'title', label: 'Name', hint: 'To show in place of its own title' },
  {
    name: 'topic',
    label: 'Topic',
    hint: 'The group of questions that it serves, such as openai-open-weights',
  },
  {
    name: 'outlet',
    label: 'Outlet',
    hint: 'Who speaks in it, where its links do not say so, such as openai.com',
  },
  { name: 'every', label: 'Ask every', hint: 'A fixed interval, such as 15m; otherwise it follows the feed' },
  {
    name: 'selector',
    label: 'CSS selector',
    hint: 'For a page without a feed: what it matches are the entries, such as .post a',
  },
].map((field) => ({ ...field, isOptional: true }))

/** The form by which a feed is added: anything may be pasted. */
export function AddFeedForm({ failed }: { readonly failed: FailedAdd | null }) {
  const typed = failed?.typed ?? {}
  const faults = faultsOf(failed)
  const fault = faults.get('url')
  return (
    <form class="form add-feed" method="post" action="/feeds">
      <TextField field={what} value={typed['what'] ?? ''} fault={fault} isFirst={fault !== undefined} />
      <details open={more.some(({ name }) => faults.has(name) || (typed[name] ?? '') !== '')}>
        <summary>More: name, topic, outlet, interval, selector</summary>
        <div class="stack">
          {more.map((field) => {
            const wrong = faults.get(field.name)
            return (
              <TextField
                field={field}
                value={typed[field.name] ?? ''}
                fault={wrong}
                isFirst={wrong !== undefined}
              />
            )
          })}
        </div>
      </details>
      <div class="buttons">
        <button type="submit">Add the feed</button>
        {failed?.outcome.kind === 'unreachable' ? (
          <button class="second" type="submit" name="unseen" value="yes">
            Add it without a look
          </button>
        ) : null}
      </div>
    </form>
  )
}

function faultsOf(failed: FailedAdd | null): ReadonlyMap<string, string> {
  if (failed === null || failed.outcome.kind === 'choose') return new Map()
  const { outcome } = failed
  if (outcome.kind !== 'mistakes') return new Map([['url', addFaultText(outcome)]])
  return new Map(
    outcome.problems.map(({ path, message, fix }) => [
      path,
      `${clip(message, 300)}: ${fix.replace(', or remove the line', '')}`,
    ]),
  )
}

/** A page that was pasted has several feeds: which of them are meant? */
export function ChooseFeeds({
  choice: { url, links },
  typed,
}: {
  readonly choice: Extract<AddFeedOutcome, { kind: 'choose' }>
  readonly typed: FeedForm
}) {
  return (
    <section class="panel choose" aria-labelledby="choose">
      <h2 id="choose">Which of them?</h2>
      <form class="form" method="post" action="/feeds">
        <fieldset>
          <legend>
            {clip(maskUrl(url), 200)} has {count(links.length, 'feed')}
          </legend>
          {links.map((link, at) => (
            <label>
              <input type="checkbox" name="what" value={link.url} checked={at === 0} />
              <span>
                {link.title === null ? null : <>{clip(link.title, 120)} </>}
                <span class="address">{clip(maskUrl(link.url), 200)}</span>
              </span>
            </label>
          ))}
        </fieldset>
        {more.map(({ name }) =>
          (typed[name] ?? '') === '' ? null : <input type="hidden" name={name} value={typed[name]} />,
        )}
        <button type="submit">Add those that are ticked</button>
      </form>
    </section>
  )
}
