import type { Viewer } from '../viewer.ts'
import { Layout, renderDocument } from './layout.tsx'

/** What went wrong, for people. */
export interface FaultPageProps {
  readonly title: string
  /** What it means and what to do, in sentences. */
  readonly detail: string
  readonly viewer?: Viewer | undefined
}

/** A page that cannot be given, as a whole HTML document. */
export function renderFaultPage({ title, detail, viewer }: FaultPageProps): string {
  return renderDocument(
    <Layout title={`openwatch: ${title.toLowerCase()}`} {...(viewer && { viewer })}>
      <h1>{title}</h1>
      <p class="lede">{detail}</p>
      <p>
        <a href="/">To the questions</a>
      </p>
    </Layout>,
  )
}
