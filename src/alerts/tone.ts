import { statuses, type Status } from '../status/status.ts'
import { statusSymbols } from '../report/status-words.ts'
import type { Alert } from './alert.ts'
import { statusAfter } from './alert-words.ts'

/** What an alert feels like, beside its words: the status it tells of, a warning, or good or plain news of openwatch. */
export type Tone = Status | 'warning' | 'good' | 'plain'

/** All tones. */
export const tones: readonly Tone[] = [...statuses, 'warning', 'good', 'plain']

/** Ink and paper of a tone, by day and by night, as `#rrggbb`; the ink is readable on its paper (contrast above 4.5). */
export interface ToneColours {
  readonly ink: string
  readonly paper: string
  readonly nightInk: string
  readonly nightPaper: string
}

/** The colours of the status page, so that a status looks the same in every place. */
export const toneColours: Readonly<Record<Tone, ToneColours>> = {
  open: { ink: '#565d68', paper: '#eff0f2', nightInk: '#b3bac5', nightPaper: '#272b31' },
  rumoured: { ink: '#6b3fb5', paper: '#f2ecfb', nightInk: '#c3a6f5', nightPaper: '#2b2338' },
  announced: { ink: '#1a56b0', paper: '#e9f1fc', nightInk: '#8fbcf5', nightPaper: '#1b2a3e' },
  delayed: { ink: '#8a4b00', paper: '#fcf1de', nightInk: '#f0bd6b', nightPaper: '#332816' },
  happened: { ink: '#146c43', paper: '#e6f4ec', nightInk: '#7fd3a5', nightPaper: '#182d22' },
  cancelled: { ink: '#a32b26', paper: '#fbebe9', nightInk: '#f2938c', nightPaper: '#371f1e' },
  warning: { ink: '#93370d', paper: '#fdf0e4', nightInk: '#f3a66b', nightPaper: '#35241a' },
  good: { ink: '#146c43', paper: '#e6f4ec', nightInk: '#7fd3a5', nightPaper: '#182d22' },
  plain: { ink: '#565d68', paper: '#eff0f2', nightInk: '#b3bac5', nightPaper: '#272b31' },
}

/** The tone of an alert. */
export function toneOf(alert: Alert): Tone {
  switch (alert.kind) {
    case 'disputed':
    case 'overdue':
    case 'feed-blind':
    case 'channel-failing':
      return 'warning'
    case 'feed-restored':
    case 'all-quiet':
      return 'good'
    case 'test':
      return 'plain'
    case 'status-changed':
    case 'date-changed':
    case 'corrected':
      return statusAfter(alert) ?? 'plain'
  }
}

/** A tone where there are only characters; a word always stands beside it. */
export function toneSymbol(tone: Tone): string {
  switch (tone) {
    case 'warning':
      return '!'
    case 'good':
      return '✓'
    case 'plain':
      return '·'
    default:
      return statusSymbols[tone]
  }
}
