import { renderToString } from 'preact-render-to-string'
import { clip } from '../report/plain.ts'
import { noActions, pageOfAll, type Actions } from './alert-parts.ts'
import { MailAlert } from './html-mail-alert.tsx'
import { mailStyle, nightStyle } from './html-mail-style.ts'
import { bytes, characters, fits, lengthIn } from './limit.ts'
import { outlineOf, type Outline, type OutlineRow } from './message-outline.ts'
import { messageSubject } from './message-subject.ts'
import type { Message } from './message.ts'

/** What a mail needs beside the message. */
export interface HtmlOptions {
  readonly actions?: Actions | undefined
  /** Where these mails can be stopped, http(s) or mailto; null or missing where nowhere. */
  readonly unsubscribe?: string | null | undefined
  /** Bytes of UTF-8; mail readers cut off what is longer than some 100 kB, which is the default. */
  readonly limit?: number | undefined
}

const clippedFrom = 100_000

/**
 * A message as a complete HTML mail: no tables, no scripts, nothing that is fetched; light and dark. Where it would
 * grow over the limit, whole alerts are left out from the end and counted.
 */
export function renderMessageHtml(message: Message, options: HtmlOptions = {}): string {
  const { heading, rows } = outlineOf(message, options.actions ?? noActions)
  const title = messageSubject(message, characters(200))
  const page = (kept: readonly OutlineRow[]) =>
    `<!doctype html>${renderToString(
      <Mail
        title={title}
        heading={heading}
        rows={kept}
        left={rows.length - kept.length}
        page={pageOfAll(rows[0].parts)}
        unsubscribe={options.unsubscribe ?? null}
      />,
    )}`
  const limit = bytes(options.limit ?? clippedFrom)
  const whole = page(rows)
  if (fits(whole, limit)) return whole
  return page(rows.slice(0, roomFor(rows, limit.size - lengthIn(page([]), 'bytes'))))
}

/** How many of the first alerts fit into a room of bytes; the first one always stays. */
function roomFor(rows: Outline['rows'], room: number): number {
  let left = room
  let kept = 0
  for (const row of rows) {
    left -= lengthIn(renderToString(<MailAlert row={row} />), 'bytes')
    if (left < 0) break
    kept++
  }
  return Math.max(1, kept)
}

interface MailProps {
  readonly title: string
  readonly heading: string | null
  readonly rows: readonly OutlineRow[]
  /** How many alerts were left out. */
  readonly left: number
  readonly page: string | null
  readonly unsubscribe: string | null
}

function Mail({ title, heading, rows, left, page, unsubscribe }: MailProps) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{title}</title>
        <style dangerouslySetInnerHTML={{ __html: nightStyle }} />
      </head>
      <body class="ow-page" style={mailStyle.body}>
        <div style={mailStyle.preview}>{previewOf(rows)}</div>
        <div style={mailStyle.frame}>
          {heading === null ? null : (
            <h1 class="ow-ink" style={mailStyle.heading}>
              {heading}
            </h1>
          )}
          {rows.map((row) => (
            <MailAlert row={row} />
          ))}
          {left > 0 ? <More left={left} page={page} /> : null}
          <Foot page={page} unsubscribe={unsubscribe} />
        </div>
      </body>
    </html>
  )
}

/** What lists of mails show beside the subject: what the subject does not say yet. */
function previewOf(rows: readonly OutlineRow[]): string {
  const told = rows.slice(0, 5).map(({ parts: { title, why, quote } }) => {
    if (rows.length > 1) return title
    return [why, quote === null ? null : `“${quote.text}”`].filter((part) => part !== null).join(' ') || title
  })
  return clip(told.join(' · '), 150)
}

function More({ left, page }: { readonly left: number; readonly page: string | null }) {
  return (
    <p class="ow-soft" style={mailStyle.more}>
      and {left} more{page === null ? '' : ': '}
      {page === null ? null : (
        <a class="ow-link" href={page} style={mailStyle.link}>
          see them all
        </a>
      )}
    </p>
  )
}

function Foot({ page, unsubscribe }: { readonly page: string | null; readonly unsubscribe: string | null }) {
  return (
    <p class="ow-soft" style={mailStyle.foot}>
      Sent by{' '}
      {page === null ? (
        'openwatch'
      ) : (
        <a class="ow-soft" href={page} style={mailStyle.footLink}>
          openwatch
        </a>
      )}
      , which keeps watch over open questions in the news.
      {unsubscribe === null ? null : (
        <>
          {' '}
          <a class="ow-soft" href={unsubscribe} style={mailStyle.footLink}>
            Stop these mails
          </a>
        </>
      )}
    </p>
  )
}
