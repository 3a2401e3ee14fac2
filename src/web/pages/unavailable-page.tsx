import { Layout, renderDocument } from './layout.tsx'

/** What people see while the page cannot be built, as a whole HTML document. The cause is not theirs to read. */
export function renderUnavailablePage(): string {
  return renderDocument(
    <Layout title="openwatch: not available just now" aside="">
      <h1>The status cannot be shown just now</h1>
      <p class="nothing">
        openwatch runs, but could not read where the questions stand; most likely its database is away. Load
        this page anew in a minute. If this stays, look at what the daemon wrote, or ask{' '}
        <code>openwatch status</code>.
      </p>
    </Layout>,
  )
}
