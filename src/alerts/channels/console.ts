import { renderAlertText, type AlertPaint } from '../render.ts'
import type { Channel } from './channel.ts'

/** Where lines for people go: a terminal, or anything that takes text. */
export interface LineOutput {
  write(text: string): unknown
}

/** Writes each alert to an output, with a blank line after it. `width` is read anew for each alert. */
export function consoleChannel(
  id: string,
  output: LineOutput,
  width: () => number,
  paint?: AlertPaint,
): Channel {
  return {
    id,
    send: ({ alerts }) => {
      for (const alert of alerts) output.write(renderAlertText(alert, width(), paint) + '\n\n')
      return Promise.resolve({ kind: 'sent', detail: 'written to the console' })
    },
  }
}
