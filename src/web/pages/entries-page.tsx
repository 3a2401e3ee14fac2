import type { FoundEntry, SearchedEntries } from '../../pipeline/search-entries.ts'
import { maskUrl } from '../../report/mask-url.ts'
import { clip, oneLine } from '../../report/plain.ts'
import { safeUrl } from '../../report/safe-url.ts'
import { withQuery } from '../fields.ts'
import type { Viewer } from '../viewer.ts'
import { Layout, renderDocument } from './layout.tsx'
import { excerptOf, MarkedText } from './marked-text.tsx'
import { describedBy, FieldNotes } from './text-field.tsx'
import { Day } from './time-tag.tsx'

/** What was asked for, as it was typed. */
export interface EntriesForm {
  readonly q: string
  readonly outlet: string
  readonly feed: string
  readonly from: string
  readonly until: string
}

/** What the page of entries shows. */
export interface EntriesShown {
  readonly form: EntriesForm
  readonly feeds: readonly { readonly id: number; readonly title: string | null; readonly url: string }[]
  readonly searched: SearchedEntries
  /** By field: what is wrong. */
  readonly faults: ReadonlyMap<string, string>
  readonly isFirstPage: boolean
}

/** The stored entries and what is found in them, as a whole HTML document. */
export function renderEntriesPage(shown: EntriesShown, viewer: Viewer): string {
  return renderDocument(
    <Layout title="Entries · openwatch" viewer={viewer} section="/entries">
      <h1>Entries</h1>
      <p class="lede">
        Everything that the feeds have brought, the newest first, and which questions it met.
      </p>
      <SearchForm {...shown} />
      <Results {...shown} />
    </Layout>,
  )
}

function SearchForm({ form, feeds, searched, faults }: EntriesShown) {
  const error = searched.kind === 'bad-query' ? searched.error : null
  return (
    <form class="search" method="get" action="/entries" role="search">
      <div class="field">
        <label for="q">Look for</label>
        <input
          id="q"
          name="q"
          type="search"
          maxLength={1000}
          autocomplete="off"
          spellcheck={false}
          value={form.q}
          aria-describedby={error === null ? 'q-hint' : 'q-fault q-hint'}
          aria-invalid={error === null ? undefined : 'true'}
        />
        {error === null ? null : (
          <div class="fault" id="q-fault">
            <pre class="column" aria-hidden="true">
              {clip(form.q, 1000)}
              {'\n'}
              {' '.repeat(Math.max(0, error.column - 1))}^
            </pre>
            <p>
              At character {error.column}: {error.message} {error.fix}
            </p>
          </div>
        )}
        <p class="hint" id="q-hint">
          <code>words</code> <code>"a phrase"</code> <code>a OR b</code> <code>NOT c</code>{' '}
          <code>prefix*</code> <code>a NEAR/8 b</code> <code>title:word</code> <code>outlet:example.org</code>
        </p>
      </div>
      <div class="filters">
        <Filter name="outlet" label="Outlet" value={form.outlet} fault={faults.get('outlet')} />
        <div class="field">
          <label for="feed">Feed</label>
          <select id="feed" name="feed">
            <option value="">all</option>
            {feeds.map(({ id, title, url }) => (
              <option value={String(id)} selected={String(id) === form.feed}>
                {clip(title ?? maskUrl(url), 60)}
              </option>
            ))}
          </select>
        </div>
        <Filter name="from" label="From day" type="date" value={form.from} fault={faults.get('from')} />
        <Filter name="until" label="To day" type="date" value={form.until} fault={faults.get('until')} />
        <button type="submit">Search</button>
      </div>
    </form>
  )
}

function Filter({
  name,
  label,
  value,
  fault,
  type = 'text',
}: {
  readonly name: string
  readonly label: string
  readonly value: string
  readonly fault: string | undefined
  readonly type?: 'text' | 'date'
}) {
  const common = {
    id: name,
    name,
    value,
    'aria-describedby': describedBy({ name }, fault),
    'aria-invalid': fault === undefined ? undefined : ('true' as const),
  }
  return (
    <div class="field">
      <label for={name}>{label}</label>
      {type === 'date' ? (
        <input type="date" {...common} />
      ) : (
        <input type="text" autocomplete="off" {...common} />
      )}
      <FieldNotes name={name} fault={fault} />
    </div>
  )
}

function Results({ form, searched, isFirstPage }: EntriesShown) {
  if (searched.kind === 'bad-query') return null
  if (searched.kind === 'bad-cursor')
    return (
      <p class="notice warning" role="status">
        This address leads nowhere any more.{' '}
        <a href={withQuery('/entries', { ...form })}>Begin with the newest</a>
      </p>
    )
  const { entries, next, backTo } = searched
  const more = next === null ? null : withQuery('/entries', { ...form, cursor: next })
  return (
    <section aria-labelledby="found">
      <h2 id="found" class="visually-hidden">
        What was found
      </h2>
      {entries.length === 0 ? (
        <p class="nothing" role="status">
          {backTo === null ? (
            isFirstPage ? (
              'Nothing that is stored meets this.'
            ) : (
              'Nothing more that is stored meets this.'
            )
          ) : (
            <>
              Nothing yet: looked through back to <Day at={backTo} />.
            </>
          )}
        </p>
      ) : (
        <ol class="entries">
          {entries.map((entry) => (
            <Entry entry={entry} />
          ))}
        </ol>
      )}
      <nav class="pager" aria-label="More entries">
        {isFirstPage ? <span /> : <a href={withQuery('/entries', { ...form })}>← The newest</a>}
        {more === null ? (
          <span class="soft">{entries.length === 0 ? '' : 'That is all.'}</span>
        ) : (
          <a class="button second" href={more} rel="next">
            {backTo === null ? (
              'Go on'
            ) : (
              <>
                Searched back to <Day at={backTo} short />, go on
              </>
            )}
          </a>
        )}
      </nav>
    </section>
  )
}

function Entry({ entry: { revision, feed, spans, items } }: { readonly entry: FoundEntry }) {
  const title = oneLine(revision.title) === revision.title ? revision.title : oneLine(revision.title)
  // one line or not, every white space is one character: the places hold
  const marks = title === revision.title ? spans.filter(({ field }) => field === 'title') : []
  const excerpt = excerptOf(
    revision.text,
    spans.filter(({ field }) => field === 'text'),
    280,
  )
  const outlet = clip(oneLine(revision.outlet), 80)
  const feedName = clip(oneLine(feed.title ?? maskUrl(feed.url)), 60)
  const url = revision.url === null ? null : safeUrl(revision.url)
  const shown = title === '' ? 'without a title' : <MarkedText text={title} places={marks} />
  return (
    <li class="entry">
      <h3>
        {url === null ? (
          shown
        ) : (
          <a href={url} rel="noopener noreferrer nofollow">
            {shown}
          </a>
        )}
      </h3>
      <p class="said">
        <Day at={revision.at} short />{' '}
        {feedName === outlet ? null : (
          <>
            <span>{outlet}</span>{' '}
          </>
        )}
        <a href={withQuery('/entries', { feed: feed.id })}>
          {feedName === outlet ? outlet : `in ${feedName}`}
        </a>
      </p>
      {excerpt.text === '' ? null : (
        <p class="excerpt">
          <MarkedText text={excerpt.text} places={excerpt.places} />
        </p>
      )}
      <p class="met">
        {items.length === 0 ? <span class="soft">met no question</span> : <span>met </span>}
        {items.map((id) => (
          <a class="tag" href={`/items/${encodeURIComponent(id)}`}>
            {id}
          </a>
        ))}{' '}
        <a href={withQuery('/entries/explain', { entry: revision.entryId })}>
          Why?<span class="visually-hidden"> ({clip(title, 80)})</span>
        </a>
      </p>
    </li>
  )
}
