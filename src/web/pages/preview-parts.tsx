import { renderToString } from 'preact-render-to-string'
import type { PreviewStep } from '../../pipeline/preview.ts'
import { ProposalFields } from './new-item-page.tsx'
import { ChangeLine, PreviewView, SightingLine, progressText } from './preview-view.tsx'

/** The fields of a proposal as a part of a page: everything in it is escaped. */
export function renderProposalPart(shown: Parameters<typeof ProposalFields>[0]): string {
  return renderToString(<ProposalFields {...shown} />)
}

/** A step of a preview for the page's script: numbers, and parts of the page in which everything is escaped. */
export type PreviewLine =
  | {
      readonly kind: 'looking' | 'judging'
      readonly done: number
      readonly total: number
      readonly text: string
      /** List items: entries that match, or changes that would have been told. */
      readonly items: readonly string[]
    }
  | { readonly kind: 'done'; readonly text: string; readonly html: string }

/** What the page's script is told of a step. */
export function renderPreviewLine(step: PreviewStep): PreviewLine {
  switch (step.kind) {
    case 'looking':
      return {
        ...{ kind: 'looking', done: step.done, total: step.total, text: progressText(step) },
        items: step.found.map((sighting) =>
          renderToString(
            <li>
              <SightingLine sighting={sighting} />
            </li>,
          ),
        ),
      }
    case 'judging':
      return {
        ...{ kind: 'judging', done: step.done, total: step.total, text: progressText(step) },
        items: step.changes.map((change) => renderToString(<ChangeLine change={change} />)),
      }
    case 'done': {
      const { changes, matches } = step.preview
      const text = `Done: ${changes.length} ${changes.length === 1 ? 'change' : 'changes'}, ${matches.toLocaleString('en-GB')} matching`
      return { kind: 'done', text, html: renderToString(<PreviewView preview={step.preview} />) }
    }
  }
}
