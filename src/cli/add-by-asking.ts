import type { System } from '../compose.ts'
import { addFeeds } from '../pipeline/add-feeds.ts'
import { addItem, withSince } from '../pipeline/add-item.ts'
import { previewSteps } from '../pipeline/preview.ts'
import { proposeItem, type ItemProposal } from '../pipeline/propose-item.ts'
import { readWrittenItem, type WrittenItem } from '../pipeline/written-item.ts'
import { wrapText } from '../report/wrap-text.ts'
import type { Proposed } from '../status/propose-words.ts'
import type { Asker } from './ask.ts'
import { CommandFailed } from './fault.ts'
import { tickerLine, type Io } from './io.ts'
import { terminalPaint } from './paint.ts'
import { progressText, renderPreview } from './preview-text.ts'

/**
 * Asks for a question, shows what is proposed for it to be edited, shows what it would have told, and puts it under
 * watch. Returns the exit code: 0 also when the person leaves, who is told that nothing was added.
 */
export async function addByAsking(
  io: Io,
  asker: Asker,
  { question, system }: { readonly question: string | undefined; readonly system: System },
): Promise<number> {
  const asked = question ?? (await asker.line('What do you want to know? '))
  if (asked === null || asked === '') return leave(io)
  const proposing = await proposeItem(asked, system)
  if (proposing.kind === 'no-question')
    throw new CommandFailed('there is no question in this: write it as you would ask somebody')
  const { proposal } = proposing
  let written: WrittenItem | null = asProposed(proposal)
  for (;;) {
    written = await edit(io, asker, written, proposal)
    if (written === null) return leave(io)
    if (!(await showPreview(io, written, system))) continue
    const isRight = await asker.line('Watch this question? [Y]es, [e]dit again, [n]o: ', 'y')
    if (isRight === null || /^n/i.test(isRight)) return leave(io)
    if (!/^e/i.test(isRight)) break
  }
  const added = await addItem(written, { via: 'cli' }, system)
  if (added.kind !== 'added')
    throw new CommandFailed(
      added.kind === 'invalid'
        ? added.problems.map(({ field, message, fix }) => `${field}: ${message}; ${fix}`).join('\n')
        : `the id "${added.id}" is taken; "${added.free}" is free`,
    )
  const { item, standing } = added.stored
  io.out(`watching ${item.id}: ${item.question}\n`)
  io.out(`  stands at ${standing.status}; openwatch status ${item.id} tells more\n`)
  await offerFeeds(io, asker, { proposal, topic: item.topic, system })
  return 0
}

function leave(io: Io): number {
  io.out('\nNothing was added.\n')
  return 0
}

function asProposed(proposal: ItemProposal): WrittenItem {
  const values = (all: readonly Proposed[]) => all.map(({ value }) => value)
  return {
    question: proposal.question,
    subject: values(proposal.subject),
    context: values(proposal.context),
    about: values(proposal.about),
    official: values(proposal.official),
    kind: proposal.kind.value,
    topic: proposal.topic.value,
    since: 'stored',
  }
}

const lists = [
  ['subject', 'Subject (one must occur)'],
  ['context', 'Context (and one of these)'],
  ['about', 'About (and one of these)'],
  ['official', 'Official outlets'],
] as const

/** Shows each field with why it says what it says, to be edited. Null when the person leaves. */
async function edit(
  io: Io,
  asker: Asker,
  written: WrittenItem,
  proposal: ItemProposal,
): Promise<WrittenItem | null> {
  const paint = terminalPaint(io.colour)
  const why = (reasons: readonly string[]) => {
    for (const reason of reasons)
      io.out(
        `${wrapText(reason, io.width(), 2)
          .map((line) => paint(line, 'faint'))
          .join('\n')}\n`,
      )
  }
  io.out('\nEach line can be edited; Enter takes it as it stands. Commas part several.\n\n')
  const edited: Record<string, unknown> = {}
  for (const [field, label] of lists) {
    why(proposal[field].map(({ value, reason }) => `${value}: ${reason}`))
    const answer = await asker.line(`${label}: `, (written[field] ?? []).join(', '))
    if (answer === null) return null
    edited[field] = answer
      .split(/,\s+|,$|;/)
      .map((one) => one.trim())
      .filter((one) => one !== '')
  }
  why([proposal.kind.reason])
  const kind = await asker.line('Kind: ', written.kind)
  if (kind === null) return null
  const topic = await asker.line('Topic: ', written.topic)
  return topic === null ? null : { ...written, ...edited, kind, topic }
}

/** Shows what the item would have told, with progress. False, and why, where it cannot be read. */
async function showPreview(io: Io, written: WrittenItem, system: System): Promise<boolean> {
  const read = readWrittenItem(await withSince(written, system), {
    kinds: system.config().kinds,
    since: system.clock.now(),
  })
  if (read.kind === 'invalid') {
    for (const { field, message, fix } of read.problems) io.out(`\n${field}: ${message}\n  -> ${fix}\n`)
    return false
  }
  const ticker = tickerLine(io)
  for await (const step of previewSteps(system.db, read.item, system.config())) {
    if (step.kind !== 'done') ticker.show(progressText(step))
    else {
      ticker.clear()
      const width = Math.min(io.width(), 100)
      io.out(`\n${renderPreview(read.item, step.preview, width, terminalPaint(io.colour))}\n`)
    }
  }
  return true
}

async function offerFeeds(
  io: Io,
  asker: Asker,
  {
    proposal,
    topic,
    system,
  }: { readonly proposal: ItemProposal; readonly topic: string; readonly system: System },
): Promise<void> {
  for (const feed of proposal.feeds.filter(({ isPolled, isAdvised }) => !isPolled && isAdvised)) {
    const isWanted = await asker.isYes(`Poll ${feed.name}, too (${feed.reason})?`)
    if (isWanted === null) return
    if (!isWanted) continue
    const [left] = await addFeeds([feed.what], topic, system)
    io.out(left === undefined ? `polling ${feed.what}\n` : `not added: ${left.reason}\n`)
  }
}
