import { createColors } from 'picocolors'
import type { Paint, Role } from '../report/paint.ts'

/** Colours for a terminal; with `enabled` false (a pipe, NO_COLOR) the words stay as they are. */
export function terminalPaint(enabled: boolean): Paint {
  const colours = createColors(enabled)
  const roles: Readonly<Record<Role, (text: string) => string>> = {
    open: colours.white,
    rumoured: colours.magenta,
    announced: colours.cyan,
    delayed: colours.yellow,
    happened: colours.green,
    cancelled: colours.red,
    strong: colours.bold,
    faint: colours.dim,
    warning: colours.yellow,
    good: colours.green,
    quote: colours.italic,
  }
  return (text, role) => roles[role](text)
}
