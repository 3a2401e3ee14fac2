import { addFeed, type AddedFeed, type AddFeedOutcome, type LeftFeed } from '../pipeline/add-feed.ts'
import { knownText } from '../pipeline/known-feed.ts'
import { describeFeed } from '../pipeline/look-up.ts'
import { hasSecret, maskUrl } from '../report/mask-url.ts'
import { oneLine } from '../report/plain.ts'
import { CommandFailed, UsageError, wordsProblem } from './fault.ts'
import type { StoredFeed } from '../store/feeds.ts'
import type { Io } from './io.ts'
import { withCommandSystem } from './open-system.ts'
import { resumeHint } from './resume-hint.ts'

export interface AddFeedOptions {
  readonly title?: string
  readonly outlet?: string
  readonly topic?: string
  readonly every?: string
  readonly selector?: string
  /** False: add it unseen. */
  readonly check: boolean
  readonly all?: boolean
  readonly first?: boolean
}

/** `openwatch feeds add`: finds the feed behind what a person pasted, looks at it, and has it polled. */
export async function addFeedByName(io: Io, what: string, options: AddFeedOptions): Promise<number> {
  return withCommandSystem(io, async (system) => {
    const { check, all = false, first = false, ...wished } = options
    const choose = all ? 'all' : first ? 'first' : undefined
    return tell(io, await addFeed({ ...wished, what, unseen: !check, choose }, system))
  })
}

function tell(io: Io, outcome: AddFeedOutcome): number {
  switch (outcome.kind) {
    case 'added':
      for (const left of outcome.left) tellLeft(io, left)
      for (const added of outcome.added) tellAdded(io, added)
      return outcome.added.length > 0 ? 0 : 1
    case 'choose':
      throw new CommandFailed(choice(outcome))
    case 'known':
      throw new UsageError(knownLine(outcome.feed))
    case 'no-feed':
    case 'unreachable':
      throw new CommandFailed(`${outcome.reason}\n${advice(outcome)}`)
    case 'mistakes':
      throw wordsProblem('feeds add', outcome.problems, 'url')
  }
}

function tellLeft(io: Io, left: LeftFeed): void {
  if (left.kind === 'known') io.err(`${knownLine(left.feed)}\n`)
  else io.err(`not added: ${left.reason}\n`)
}

/** "https://… is there already, but paused (#3, from user); openwatch feeds resume 3 has it polled again". */
function knownLine(feed: StoredFeed): string {
  const { url, id, origin } = feed
  return `${maskUrl(url)} ${knownText(feed)} (#${id}, from ${origin})${resumeHint(feed)}`
}

function tellAdded(io: Io, { id, url, feed }: AddedFeed): void {
  if (feed === null) {
    io.out(`feed #${id} added unseen: ${maskUrl(url)}\n`)
    io.out(`  nobody has looked whether it is a feed; openwatch feeds test ${id} does\n`)
    return
  }
  io.out(`feed #${id} added: ${maskUrl(url)}\n`)
  io.out(`  ${describeFeed(feed)}\n`)
  io.out(`  the daemon polls it at once; openwatch poll ${id} does so by hand\n`)
}

/** The feeds that a page has, and how to say which is meant. */
function choice({ url, links }: Extract<AddFeedOutcome, { kind: 'choose' }>): string {
  const list = links.map(
    (link) => `  ${maskUrl(link.url)}${link.title === null ? '' : `  ${oneLine(link.title)}`}`,
  )
  return [
    `${maskUrl(url)} has ${links.length} feeds:`,
    ...list,
    'Choose: openwatch feeds add <one of these>, or the same again with --first or --all',
  ].join('\n')
}

function advice({ kind, url }: Extract<AddFeedOutcome, { reason: string }>): string {
  // an address that is shown masked cannot be pasted
  const again = hasSecret(url) ? 'the same again with' : `openwatch feeds add ${forShell(url)}`
  return kind === 'unreachable'
    ? `To add it all the same, unseen: ${again} --no-check`
    : `To watch the page itself, name its links by a CSS selector:\n  ${again} --selector ".post a"`
}

/** An address as a shell takes it: in quotes where it has what means something there. */
function forShell(url: string): string {
  return /^[\w./:@%+,=~-]+$/.test(url) ? url : `'${url.replaceAll("'", '%27')}'`
}
