import type { Status } from '../status/status.ts'

/** What a piece of text is, so that a terminal can give it a colour. */
export type Role = Status | 'strong' | 'faint' | 'warning' | 'good' | 'quote'

/** Colours a piece of text; the words must come back unchanged but for escape codes. */
export type Paint = (text: string, role: Role) => string

/** No colour at all: for pipes, files and NO_COLOR. */
export const unpainted: Paint = (text) => text
