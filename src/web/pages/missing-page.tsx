import type { Viewer } from '../viewer.ts'
import { Layout, renderDocument } from './layout.tsx'

/** Says that there is no such thing, and leads back to its list, as a whole HTML document. */
export function renderMissingPage({
  viewer,
  section,
  what,
  list,
}: {
  readonly viewer: Viewer
  readonly section: string
  readonly what: string
  readonly list: string
}): string {
  return renderDocument(
    <Layout title={`No such ${what} · openwatch`} viewer={viewer} section={section}>
      <h1>There is no such {what}</h1>
      <p>
        It may have been removed. <a href={section}>{list}</a>
      </p>
    </Layout>,
  )
}
