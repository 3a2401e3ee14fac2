import { mayDo, rights, type Right, type Viewer } from '../viewer.ts'

/** All that is known of a request when it is decided about. */
export interface Asked {
  readonly needs: Right
  /** The token that was shown; `unknown` where it is none that holds, null where none was shown. */
  readonly token: { readonly name: string; readonly scope: 'read' | 'write' } | 'unknown' | null
  /** The number of the session that holds; null without one. */
  readonly session: number | null
  readonly isPasswordSet: boolean
  /** Whether others than this machine can reach the pages. */
  readonly isReachable: boolean
  /** Whether the Host header names this machine. */
  readonly isOwnHost: boolean
  readonly isReportPublic: boolean
  /** Whether a program of this machine asks for what is open to those. */
  readonly isOpenLocally: boolean
}

/** What is decided about a request. */
export type Ruling =
  | { readonly kind: 'pass'; readonly viewer: Viewer }
  /** It was meant for another host: somebody made a name of theirs lead here. */
  | { readonly kind: 'misdirected' }
  /** No password is set, and others could come by. */
  | { readonly kind: 'shut' }
  | { readonly kind: 'unknown-token' }
  /** The token may not do this. */
  | { readonly kind: 'too-little'; readonly viewer: Viewer }
  | { readonly kind: 'sign-in'; readonly viewer: Viewer }

/** Decides whether somebody may have what they ask for. */
export function ruleOn(asked: Asked): Ruling {
  if (asked.token === 'unknown') return { kind: 'unknown-token' }
  const isOpen = !asked.isPasswordSet && !asked.isReachable
  if (asked.token === null && isOpen && !asked.isOwnHost) return { kind: 'misdirected' }
  const viewer = viewerFor(asked, isOpen)
  if (mayDo(viewer, asked.needs)) return { kind: 'pass', viewer }
  if (asked.token !== null) return { kind: 'too-little', viewer }
  return asked.isPasswordSet ? { kind: 'sign-in', viewer } : { kind: 'shut' }
}

function viewerFor(asked: Asked, isOpen: boolean): Viewer {
  const { token, session } = asked
  if (token !== null && token !== 'unknown') return { may: token.scope, isSignedIn: false, token: token.name }
  if (session !== null) return { may: 'write', isSignedIn: true, session }
  if (isOpen) return { may: 'write', isSignedIn: false }
  const may = most(asked.isReportPublic ? 'report' : 'nothing', asked.isOpenLocally ? 'read' : 'nothing')
  return { may, isSignedIn: false }
}

function most(a: Right, b: Right): Right {
  return rights.indexOf(a) > rights.indexOf(b) ? a : b
}
