import type { ComponentChildren } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { assetHref } from '../assets.ts'
import { mayDo, type Right, type Viewer } from '../viewer.ts'
import { WatchIcon } from './icons.tsx'

/** Where feeds of all changes are served; every page names them, so that feed readers find them. */
export const changesPaths = { atom: '/changes.atom', json: '/changes.json' } as const

/** Where the expected dates are served as a calendar. */
export const calendarPath = '/calendar.ics'

interface Section {
  readonly path: string
  readonly name: string
  readonly needs: Right
}

const sections: readonly Section[] = [
  { path: '/', name: 'Questions', needs: 'report' },
  { path: '/feeds', name: 'Feeds', needs: 'read' },
  { path: '/alerts', name: 'Alerts', needs: 'read' },
  { path: '/entries', name: 'Entries', needs: 'read' },
  { path: '/settings', name: 'Settings', needs: 'read' },
]

/** What the frame of a page needs. */
export interface LayoutProps {
  readonly title: string
  /** What stands opposite the name: the time of the report. */
  readonly aside?: ComponentChildren
  readonly children: ComponentChildren
  /** Who looks: the way to other pages is shown to those who may see them. Nobody in particular when left out. */
  readonly viewer?: Viewer
  /** The path of the section that is shown, as `/feeds`. */
  readonly section?: string
  /** Scripts of src/web/assets that the page works better with; it works without. */
  readonly scripts?: readonly string[]
}

/** The frame of every page: head, name, ways to the other pages, content. */
export function Layout({ title, aside, children, viewer, section, scripts = [] }: LayoutProps) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="same-origin" />
        <title>{title}</title>
        <link rel="icon" type="image/svg+xml" href={assetHref('icon.svg')} />
        <link rel="stylesheet" href={assetHref('openwatch.css')} />
        <link
          rel="alternate"
          type="application/atom+xml"
          href={changesPaths.atom}
          title="openwatch: status changes"
        />
        <link
          rel="alternate"
          type="application/feed+json"
          href={changesPaths.json}
          title="openwatch: status changes"
        />
        <link rel="alternate" type="text/calendar" href={calendarPath} title="openwatch: expected dates" />
        {['times.js', ...scripts].map((name) => (
          <script type="module" src={assetHref(name)} />
        ))}
      </head>
      <body>
        <a class="skip" href="#content">
          Skip to the content
        </a>
        <header class="top">
          <a class="name" href="/">
            <WatchIcon />
            openwatch
          </a>
          {viewer === undefined ? null : <Ways viewer={viewer} section={section} />}
          {aside === undefined ? null : <p class="aside">{aside}</p>}
        </header>
        <main id="content" tabIndex={-1}>
          {children}
        </main>
        <Bottom />
      </body>
    </html>
  )
}

function Ways({ viewer, section }: { readonly viewer: Viewer; readonly section: string | undefined }) {
  const shown = sections.filter(({ needs }) => mayDo(viewer, needs))
  return (
    <nav class="ways" aria-label="Pages">
      <ul>
        {shown.map(({ path, name }) => (
          <li>
            <a href={path} aria-current={path === section ? 'page' : undefined}>
              {name}
            </a>
          </li>
        ))}
      </ul>
      {mayDo(viewer, 'write') ? (
        <a class="new" href="/items/new" aria-current={section === '/items/new' ? 'page' : undefined}>
          New question
        </a>
      ) : null}
      {viewer.isSignedIn ? (
        <form method="post" action="/logout">
          <button class="plain" type="submit">
            Sign out
          </button>
        </form>
      ) : null}
      {viewer.may === 'report' ? <a href="/login">Sign in</a> : null}
    </nav>
  )
}

/** What the pages have for programs. */
function Bottom() {
  return (
    <footer class="bottom">
      <a href={changesPaths.atom}>Changes as Atom</a>
      <a href={changesPaths.json}>as JSON Feed</a>
      <a href={calendarPath}>Expected dates as a calendar</a>
      <a href="/status.json">Status as JSON</a>
      <a href="/api/v1/docs">API</a>
    </footer>
  )
}

/** A whole document as text; everything in it is escaped by preact. */
export function renderDocument(page: Parameters<typeof renderToString>[0]): string {
  return `<!doctype html>${renderToString(page)}`
}
