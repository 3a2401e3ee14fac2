import { attention } from '../../report/attention.ts'
import {
  boardCounts,
  boardSections,
  filterItems,
  topicsOf,
  type BoardFilter,
  type BoardSection,
  type BoardStatus,
} from '../../report/board.ts'
import { count } from '../../report/people-time.ts'
import type { ItemReport, StatusReport } from '../../report/status-report.ts'
import type { Status } from '../../status/status.ts'
import { createPlainCards, mostCards, type BoardCards } from '../board-cards.tsx'
import { mayDo, type Viewer } from '../viewer.ts'
import { FeedsSection } from './feeds-section.tsx'
import { StatusIcon, WarningIcon } from './icons.tsx'
import { Layout, renderDocument } from './layout.tsx'
import { Moment } from './time-tag.tsx'

/** What the board shows, and to whom. */
export interface BoardPageProps {
  readonly report: StatusReport
  readonly filter: BoardFilter
  readonly cards: Pick<BoardCards, 'html'>
  /** Null where pages have no rights and no actions: there is the report, and nothing else. */
  readonly viewer: Viewer | null
  /** Names what is shown; null where nothing tells of changes. */
  readonly version: string | null
}

/** A report as the first page, where there is nothing else: no filters, no pages of questions. */
export function renderReportPage(report: StatusReport): string {
  return renderBoardPage({ report, filter: {}, cards: createPlainCards(), viewer: null, version: null })
}

/** The first page as a whole HTML document: every question with its status and proof, and the health of the feeds. */
export function renderBoardPage(props: BoardPageProps): string {
  const { report, filter, viewer, version } = props
  const shown = filterItems(report.items, filter)
  const title = titleOf(report.items, shown)
  return renderDocument(
    <Layout
      title={`openwatch: ${title}`}
      section="/"
      {...(viewer && { viewer })}
      {...(version !== null && { scripts: ['live.js'] })}
      aside={
        <span id="as_of">
          as of <Moment at={report.generatedAt} />
        </span>
      }
    >
      <h1 id="board_title">{title}</h1>
      {report.items.length === 0 ? (
        <FirstRun viewer={viewer} />
      ) : (
        <>
          {viewer === null ? null : <Filters items={report.items} filter={filter} />}
          <Board {...props} shown={shown} />
        </>
      )}
      <p class="visually-hidden" role="status" id="board_news" />
      <FeedsSection feeds={report.feeds} now={report.generatedAt} viewer={viewer} />
    </Layout>,
  )
}

function titleOf(all: readonly ItemReport[], shown: readonly ItemReport[]): string {
  if (shown.length < all.length) return `${shown.length} of ${count(all.length, 'question')}`
  return [count(all.length, 'question'), ...attention(all)].join(' · ')
}

function Board({ cards, version, shown }: BoardPageProps & { readonly shown: readonly ItemReport[] }) {
  const as = shown.length > mostCards ? 'row' : 'card'
  return (
    <div id="the_board" data-version={version ?? undefined}>
      {shown.length === 0 ? (
        <p class="nothing">
          No question is like that. <a href="/">Show all of them</a>
        </p>
      ) : null}
      {sectionsOf(shown).map(({ kind, items }) => (
        <section class="questions" aria-labelledby={`questions_${kind}`}>
          <h2 id={`questions_${kind}`} class={kind === 'all' ? 'visually-hidden' : undefined}>
            {sectionWords[kind]}
          </h2>
          <ol
            class={as === 'row' ? 'rows' : 'board'}
            // made by the same renderer, once for all that look: every text in it is escaped
            dangerouslySetInnerHTML={{ __html: items.map((item) => cards.html(item, as)).join('') }}
          />
        </section>
      ))}
    </div>
  )
}

/** So few questions need no headings: in their order they stand all the same. */
const fewItems = 9

function sectionsOf(
  shown: readonly ItemReport[],
): readonly { readonly kind: BoardSection['kind'] | 'all'; readonly items: readonly ItemReport[] }[] {
  const sections = boardSections(shown)
  if (shown.length > fewItems || shown.length === 0) return sections
  return [{ kind: 'all', items: sections.flatMap(({ items }) => items) }]
}

const sectionWords: Readonly<Record<BoardSection['kind'] | 'all', string>> = {
  all: 'The questions',
  attention: 'Look at these first',
  waiting: 'Waiting for an answer',
  answered: 'Answered',
  paused: 'Paused',
}

/** Which questions are shown: by status with a click, by topic and words with a form. */
function Filters({ items, filter }: { readonly items: readonly ItemReport[]; readonly filter: BoardFilter }) {
  const counts = boardCounts(items)
  const topics = topicsOf(items)
  return (
    <div class="board-filters" id="board_filters">
      <nav aria-label="Questions by status">
        <ul class="status-ways">
          <Chip filter={filter} status={undefined} count={items.length} />
          {counts.map((one) => (
            <Chip filter={filter} {...one} />
          ))}
        </ul>
      </nav>
      {items.length < 4 && filter.text === undefined ? null : (
        <form method="get" action="/" role="search" class="filters" id="board_form">
          <div class="field wide">
            <label for="board_text">Search</label>
            <input type="search" id="board_text" name="q" value={filter.text ?? ''} maxLength={200} />
          </div>
          {topics.length < 2 ? null : <Topics topics={topics} chosen={filter.topic} />}
          {filter.status === undefined ? null : <input type="hidden" name="status" value={filter.status} />}
          <button class="second" type="submit">
            Filter
          </button>
        </form>
      )}
    </div>
  )
}

function Topics({
  topics,
  chosen,
}: {
  readonly topics: readonly string[]
  readonly chosen: string | undefined
}) {
  return (
    <div class="field">
      <label for="board_topic">Topic</label>
      <select id="board_topic" name="topic">
        <option value="">all</option>
        {topics.map((topic) => (
          <option value={topic} selected={topic === chosen}>
            {topic}
          </option>
        ))}
      </select>
    </div>
  )
}

function Chip({
  filter,
  status,
  count: number,
}: {
  readonly filter: BoardFilter
  readonly status: BoardStatus | undefined
  readonly count: number
}) {
  const isChosen = filter.status === status
  return (
    <li>
      <a
        class={`status-way ${status ?? 'any'}`}
        href={boardPath({ ...filter, status })}
        aria-current={isChosen ? 'true' : undefined}
      >
        <ChipIcon status={status} />
        {status === undefined ? 'all' : status === 'attention' ? 'needs a look' : status}
        <b>{number}</b>
      </a>
    </li>
  )
}

function ChipIcon({ status }: { readonly status: BoardStatus | undefined }) {
  if (status === undefined) return null
  return status === 'attention' ? <WarningIcon /> : <StatusIcon status={status satisfies Status} />
}

/** The address of a board that is filtered. */
export function boardPath({ topic, status, text }: BoardFilter): string {
  const query = new URLSearchParams({
    ...(text === undefined || text === '' ? {} : { q: text }),
    ...(topic === undefined ? {} : { topic }),
    ...(status === undefined ? {} : { status }),
  }).toString()
  return query === '' ? '/' : `/?${query}`
}

/** From nothing to the first question. */
function FirstRun({ viewer }: { readonly viewer: Viewer | null }) {
  const mayAdd = viewer !== null && mayDo(viewer, 'write')
  return (
    <section class="empty" aria-labelledby="first_run">
      <h2 id="first_run">Nothing is under watch yet</h2>
      <p>
        openwatch keeps watch over open questions in the news: “When will it be released?”, “Will they vote
        for it?” Write one down. openwatch reads the feeds, says where the answer stands, and speaks when it
        moves, with the sentence that proves it.
      </p>
      {mayAdd ? (
        <p class="buttons">
          <a class="button" href="/items/new">
            Ask the first question
          </a>
          <a href="/feeds">Look at the feeds first</a>
        </p>
      ) : null}
      <p class="soft">
        In a terminal: <code>openwatch add "Will …?" --subject "…"</code>
      </p>
    </section>
  )
}
