import { buildTimeline } from '../../report/timeline.ts'
import type { ItemStory } from '../../store/item-story.ts'
import { mayDo, type Viewer } from '../viewer.ts'
import { ItemActions, ItemFacts } from './item-aside.tsx'
import { itemPath } from './item-card.tsx'
import { Changes, Ledger, Undecided } from './item-changes.tsx'
import { Edits } from './item-edits.tsx'
import { Marks, Slippage, Standing } from './item-marks.tsx'
import { Layout, renderDocument } from './layout.tsx'
import { TimelinePicture, TimelineTable } from './timeline-picture.tsx'

/** What came of something that was done, in a sentence. */
export interface ItemNotice {
  readonly isDone: boolean
  readonly text: string
}

export interface ItemPageProps {
  readonly story: ItemStory
  readonly now: Date
  readonly viewer: Viewer
  readonly notice: ItemNotice | null
}

/** The story of one question as a whole HTML document. */
export function renderItemPage({ story, now, viewer, notice }: ItemPageProps): string {
  const { report: item, claims, matchedWords: words, stored } = story
  const mayWrite = mayDo(viewer, 'write')
  const mayRead = mayDo(viewer, 'read')
  const begun = { status: stored.item.status, at: stored.item.since }
  const timeline = buildTimeline({ item, begun, claims, now })
  return renderDocument(
    <Layout title={`${item.status}: ${item.question}`} viewer={viewer} section="/">
      <p class="crumb">
        <a href="/">All questions</a>
      </p>
      <header class={`item-head ${item.status}`}>
        <h1>{item.question}</h1>
        <Standing item={item} />
        <Marks item={item} />
        <Slippage steps={item.slippage} />
        <p class="small soft">{item.quiet.text}</p>
      </header>
      {notice === null ? null : (
        <p class={`notice ${notice.isDone ? 'good' : 'bad'}`} role={notice.isDone ? 'status' : 'alert'}>
          {notice.text}
        </p>
      )}
      <figure class="story" aria-labelledby="story_so_far">
        <h2 id="story_so_far">The story so far</h2>
        <TimelinePicture timeline={timeline} />
        <figcaption>
          <span class="key decided">carried a change</span>
          <span class="key undecided">decided nothing</span>
          <span>◆ official word</span>
          <span>● reported</span>
          <span>■ hedged</span>
        </figcaption>
        <TimelineTable timeline={timeline} />
      </figure>
      <div class="beside">
        <div>
          <Changes item={item} words={words} mayWrite={mayWrite && item.state !== 'retired'} />
          <Ledger ledger={item.ledger} />
          <Undecided claims={item.undecided} words={words} />
          {mayRead ? <Edits edits={story.edits} /> : null}
        </div>
        <aside class="item-aside" aria-label="About this question">
          {mayWrite ? <ItemActions story={story} /> : null}
          <ItemFacts story={story} mayRead={mayRead} />
        </aside>
      </div>
    </Layout>,
  )
}

/** That there is no such question, with those that may be meant, as a whole HTML document. */
export function renderNoItemPage(id: string, near: readonly string[], viewer: Viewer): string {
  return renderDocument(
    <Layout title="openwatch: no such question" viewer={viewer}>
      <h1>There is no such question</h1>
      <p>
        No question has the name <code>{id.slice(0, 80)}</code>.
      </p>
      {near.length === 0 ? null : (
        <>
          <p>Perhaps it is one of these:</p>
          <ul class="near">
            {near.map((one) => (
              <li>
                <a href={itemPath(one)}>{one}</a>
              </li>
            ))}
          </ul>
        </>
      )}
      <p>
        <a href="/">Show all questions</a>
      </p>
    </Layout>,
  )
}
