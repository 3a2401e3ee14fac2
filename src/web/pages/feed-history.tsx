import { count } from '../../report/people-time.ts'
import { clip } from '../../report/plain.ts'
import { maskUrls } from '../../report/mask-url.ts'
import type { FeedEntry } from '../../store/feed-list.ts'
import type { PollOutcome } from '../../store/poll-log.ts'
import type { LoggedPoll } from '../../store/poll-strips.ts'
import { OutsideLink } from './quote.tsx'
import { Day, Moment } from './time-tag.tsx'
import { wentWell } from './poll-strip.tsx'
import { TableHead } from './table-head.tsx'

/** The newest entries of a feed, with the questions that they met. */
export function FeedEntries({ entries }: { readonly entries: readonly FeedEntry[] }) {
  return (
    <section class="section" aria-labelledby="entries">
      <h2 id="entries">Newest entries</h2>
      {entries.length === 0 ? (
        <p class="nothing">None yet.</p>
      ) : (
        <ul class="entry-list">
          {entries.map(({ title, url, at, outlet, items }) => (
            <li>
              <p>
                <OutsideLink url={url ?? ''}>{clip(title, 200) || '(no title)'}</OutsideLink>
              </p>
              <ul class="byline">
                <li>
                  <Day at={at} short />
                </li>
                <li>{clip(outlet, 80)}</li>
                {items.map((id) => (
                  <li>
                    met <a href={`/items/${encodeURIComponent(id)}`}>{id}</a>
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

const outcomeNames: Readonly<Record<PollOutcome, string>> = {
  new: 'read',
  unchanged: 'unchanged',
  pushed: 'pushed by the hub',
  refused: 'refused',
  gone: 'over',
  failed: 'failed',
  'not-a-feed': 'not a feed',
}

/** The newest polls of a feed, one a row. */
export function PollLog({ log }: { readonly log: readonly LoggedPoll[] }) {
  return (
    <section class="section" aria-labelledby="log">
      <h2 id="log">Polls</h2>
      {log.length === 0 ? (
        <p class="nothing">It was not polled yet.</p>
      ) : (
        <table class="stacks poll-log">
          <caption>
            {log.length === 1 ? 'The last poll' : `The last ${count(log.length, 'poll')}, the newest first`}
          </caption>
          <TableHead
            columns={[
              'When',
              'What came of it',
              { name: 'New entries', is: 'number' },
              { name: 'Size', is: 'number' },
              { name: 'Took', is: 'number' },
            ]}
          />
          <tbody>
            {log.map((poll) => (
              <PollRow poll={poll} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function PollRow({ poll }: { readonly poll: LoggedPoll }) {
  const { at, outcome, newEntries, newRevisions, skipped, bytes, durationMs, error } = poll
  const notes = [
    ...(error === null ? [] : [clip(maskUrls(error), 300)]),
    ...(newRevisions === 0 ? [] : [`${newRevisions} edited`]),
    ...(skipped === 0 ? [] : [`${skipped} could not be used`]),
  ]
  return (
    <tr>
      <th scope="row">
        <Moment at={at} />
      </th>
      <td>
        <span class={wentWell(outcome) ? undefined : 'fault'}>{outcomeNames[outcome]}</span>
        {notes.length === 0 ? '' : `: ${notes.join('; ')}`}
      </td>
      <td class="number" data-label="New entries">
        {newEntries === 0 ? '–' : newEntries.toLocaleString('en-GB')}
      </td>
      <td class="number" data-label="Size">
        {bytes === 0 ? '–' : `${Math.ceil(bytes / 1000).toLocaleString('en-GB')} kB`}
      </td>
      <td class="number" data-label="Took">
        {durationMs.toLocaleString('en-GB')} ms
      </td>
    </tr>
  )
}
