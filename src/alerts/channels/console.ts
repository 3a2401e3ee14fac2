import { renderMessageText, type AlertPaint } from '../render.ts'
import type { Channel } from './channel.ts'

/** Where lines for people go: a terminal, or anything that takes text. */
export interface LineOutput {
  write(text: string): unknown
}

/** Writes each message to an output, with a blank line after it. `width` is read anew for each message. */
export function consoleChannel(
  id: string,
  output: LineOutput,
  width: () => number,
  paint?: AlertPaint,
): Channel {
  return {
    id,
    send: (message) => {
      output.write(renderMessageText(message, width(), paint) + '\n\n')
      return Promise.resolve({ kind: 'sent', detail: 'written to the console' })
    },
  }
}
