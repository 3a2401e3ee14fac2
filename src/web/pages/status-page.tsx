import { attention } from '../../report/attention.ts'
import { count } from '../../report/people-time.ts'
import type { StatusReport } from '../../report/status-report.ts'
import { FeedsSection } from './feeds-section.tsx'
import { ItemCard } from './item-card.tsx'
import { Layout, renderDocument } from './layout.tsx'
import { Moment } from './time-tag.tsx'

/** The first page as a whole HTML document: every question with its status and proof, and the health of the feeds. */
export function renderStatusPage(report: StatusReport): string {
  return renderDocument(<StatusPage report={report} />)
}

function StatusPage({ report }: { readonly report: StatusReport }) {
  const summary = [count(report.items.length, 'question'), ...attention(report.items)].join(' · ')
  return (
    <Layout
      title={`openwatch: ${summary}`}
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
