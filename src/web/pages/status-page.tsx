import { attention } from '../../report/attention.ts'
import { count } from '../../report/people-time.ts'
import type { StatusReport } from '../../report/status-report.ts'
import type { Viewer } from '../viewer.ts'
import { FeedsSection } from './feeds-section.tsx'
import { ItemCard } from './item-card.tsx'
import { Layout, renderDocument } from './layout.tsx'
import { Moment } from './time-tag.tsx'

/** The first page as a whole HTML document: every question with its status and proof, and the health of the feeds. */
export function renderStatusPage(report: StatusReport, viewer?: Viewer): string {
  return renderDocument(<StatusPage report={report} viewer={viewer} />)
}

function StatusPage({
  report,
  viewer,
}: {
  readonly report: StatusReport
  readonly viewer: Viewer | undefined
}) {
  const summary = [count(report.items.length, 'question'), ...attention(report.items)].join(' · ')
  return (
    <Layout
      title={`openwatch: ${summary}`}
      section="/"
      {...(viewer && { viewer })}
      aside={
        <>
          as of <Moment at={report.generatedAt} />
        </>
      }
    >
      <h1>{summary}</h1>
      {report.items.length === 0 ? <Nothing /> : null}
      <div class="board">
        {report.items.map((item) => (
          <ItemCard item={item} />
        ))}
      </div>
      <FeedsSection feeds={report.feeds} now={report.generatedAt} />
    </Layout>
  )
}

function Nothing() {
  return (
    <p class="nothing">
      Nothing is under watch yet. Add a question: <code>openwatch add "Will …?" --subject "…"</code>
    </p>
  )
}
