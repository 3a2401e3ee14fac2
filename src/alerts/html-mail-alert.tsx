import { quotesOf, type AlertParts, type QuoteParts } from './alert-parts.ts'
import { badgeStyle, mailStyle, quoteStyle } from './html-mail-style.ts'
import type { OutlineRow } from './message-outline.ts'
import type { Tone } from './tone.ts'

/** One alert of a mail: what moved, the question, why, the proof, how the date slipped, what can be done. */
export function MailAlert({ row }: { readonly row: OutlineRow }) {
  const { topic, asked, parts } = row
  return (
    <>
      {topic === null ? null : (
        <h2 class="ow-soft" style={mailStyle.topic}>
          {topic}
        </h2>
      )}
      <div class="ow-card" style={mailStyle.card}>
        <p style={mailStyle.standing}>
          <strong class={`ow-badge ow-${parts.tone}`} style={badgeStyle(parts.tone)}>
            {parts.symbol} {parts.title}
          </strong>{' '}
          <span class="ow-soft" style={mailStyle.when}>
            {parts.when}
          </span>
        </p>
        <h3 class="ow-ink" style={asked ? mailStyle.again : mailStyle.question}>
          {parts.question}
        </h3>
        {parts.why === null ? null : <p style={mailStyle.text}>{parts.why}</p>}
        {quotesOf(parts).map((quote) => (
          <MailQuote quote={quote} tone={parts.tone} />
        ))}
        {parts.slippage.length === 0 ? null : <Slippage steps={parts.slippage} />}
        {parts.details.length === 0 ? null : <Details lines={parts.details} />}
        <Links parts={parts} />
      </div>
    </>
  )
}

function MailQuote({ quote, tone }: { readonly quote: QuoteParts; readonly tone: Tone }) {
  return (
    <blockquote class={`ow-quote ow-${tone}-edge`} style={quoteStyle(tone)}>
      <p class="ow-ink" style={mailStyle.said}>
        “{quote.text}”
      </p>
      <p class="ow-soft" style={mailStyle.source}>
        {quote.url === null ? (
          quote.outlet
        ) : (
          <a class="ow-link" href={quote.url} style={mailStyle.link}>
            {quote.outlet}
          </a>
        )}
        {quote.notes.map((note) => `\u00a0· ${note}`).join('')}
      </p>
    </blockquote>
  )
}

function Slippage({ steps }: { readonly steps: readonly string[] }) {
  return (
    <p class="ow-soft" style={mailStyle.slippage}>
      Promised: {steps.slice(0, -1).map((step) => `${step} → `)}
      <strong class="ow-ink" style={mailStyle.latest}>
        {steps.at(-1)}
      </strong>
    </p>
  )
}

function Details({ lines }: { readonly lines: readonly string[] }) {
  return (
    <ul class="ow-soft" style={mailStyle.details}>
      {lines.map((line) => (
        <li style={mailStyle.detail}>{line}</li>
      ))}
    </ul>
  )
}

function Links({ parts: { link, linkLabel, actions } }: { readonly parts: AlertParts }) {
  if (link === null && actions.length === 0) return null
  return (
    <p style={mailStyle.links}>
      {link === null ? null : (
        <a class="ow-main" href={link} style={mailStyle.mainButton}>
          {linkLabel}
        </a>
      )}
      {actions.map(({ label, url }) => (
        <>
          {' '}
          <a class="ow-button" href={url} style={mailStyle.button}>
            {label}
          </a>
        </>
      ))}
    </p>
  )
}
