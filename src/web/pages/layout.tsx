import type { ComponentChildren } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { WatchIcon } from './icons.tsx'

/** Where the stylesheet is served; the pages have no inline styles or scripts, so that a strict policy can hold. */
export const stylesheetPath = '/assets/openwatch.css'

/** Where feeds of all changes are served; every page names them, so that feed readers find them. */
export const changesPaths = { atom: '/changes.atom', json: '/changes.json' } as const

/** What the frame of a page needs. */
export interface LayoutProps {
  readonly title: string
  /** What stands opposite the name: the time of the report. */
  readonly aside: ComponentChildren
  readonly children: ComponentChildren
}

/** The frame of every page: head, name, content. */
export function Layout({ title, aside, children }: LayoutProps) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>{title}</title>
        <link rel="stylesheet" href={stylesheetPath} />
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
      </head>
      <body>
        <header class="top">
          <a class="name" href="/">
            <WatchIcon />
            openwatch
          </a>
          <p class="aside">{aside}</p>
        </header>
        <main>{children}</main>
      </body>
    </html>
  )
}

/** A whole document as text; everything in it is escaped by preact. */
export function renderDocument(page: Parameters<typeof renderToString>[0]): string {
  return `<!doctype html>${renderToString(page)}`
}
