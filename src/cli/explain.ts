import { explainEntry, type ItemExplanation, type RevisionExplanation } from '../pipeline/explain.ts'
import { windowText } from '../report/date-window.ts'
import { maskUrl } from '../report/mask-url.ts'
import type { Paint } from '../report/paint.ts'
import { momentText } from '../report/people-time.ts'
import { clip, oneLine } from '../report/plain.ts'
import { rejectionText } from '../report/wishes.ts'
import { wrapText } from '../report/wrap-text.ts'
import { rejectionWords } from '../status/rejected.ts'
import { listItems } from '../store/watch-items.ts'
import { CommandFailed, UsageError } from './fault.ts'
import type { Io } from './io.ts'
import { withCommandSystem } from './open-system.ts'
import { terminalPaint } from './paint.ts'
import { noSuchItem } from './status.ts'

/** `openwatch explain <url> [item]`: step by step why an entry did or did not change anything. */
export async function explain(io: Io, url: string, itemId: string | undefined): Promise<number> {
  return withCommandSystem(io, async (system) => {
    const { pool } = system.db
    const items = await listItems(pool, itemId === undefined ? undefined : [itemId])
    if (itemId !== undefined && items.length === 0) throw new UsageError(await noSuchItem(pool, itemId))
    const asked = itemId === undefined ? items.filter((stored) => stored.state !== 'retired') : items
    const explained = await explainEntry(pool, url, asked, system.config())
    if (explained.length === 0)
      throw new CommandFailed(
        `no stored entry links to ${url}: no feed has carried it since the watch began (openwatch feeds list shows which feeds fail)`,
      )
    const width = Math.min(io.width(), 100)
    const paint = terminalPaint(io.colour)
    io.out(
      `${explained.map((one) => renderRevision(one, width, paint, itemId !== undefined)).join('\n\n')}\n`,
    )
    return 0
  })
}

function renderRevision(
  { revision, items }: RevisionExplanation,
  width: number,
  paint: Paint,
  all: boolean,
): string {
  const head = [
    ...wrapText(oneLine(revision.title), width).map((line) => paint(line, 'strong')),
    ...wrapText(
      `seen: ${momentText(revision.seenAt)}, in ${maskUrl(revision.feedUrl)}; it counts as of ${momentText(revision.at)}, said by ${revision.outlet}`,
      width,
    ),
  ]
  const met = all ? items : items.filter((one) => one.match.matched)
  const missed = items.filter((one) => !met.includes(one))
  const blocks = [head, ...met.map((one) => itemLines(one, revision.outlet, width, paint))]
  if (missed.length > 0)
    blocks.push([
      paint('It does not match', 'strong'),
      ...missed.flatMap((one) => step('', `${one.stored.item.id}: ${one.match.summary}`, width, paint)),
    ])
  return blocks.map((lines) => lines.join('\n')).join('\n\n')
}

function itemLines(one: ItemExplanation, outlet: string, width: number, paint: Paint): string[] {
  const { stored, match, claims, remarks, decided, notJudged } = one
  const lines = [
    ...wrapText(`${stored.item.id}: ${stored.item.question}`, width).map((line) => paint(line, 'strong')),
    ...step('matched?', match.summary, width, paint),
  ]
  if (!match.matched) return lines
  if (notJudged !== null) return [...lines, ...step('judged?', `No: ${notJudged}.`, width, paint)]
  if (claims.length === 0)
    lines.push(
      ...step('claims?', `None: ${remarks[0] ?? 'it says nothing about the question'}.`, width, paint),
    )
  for (const claim of claims) {
    const date = claim.window === null ? '' : `, date ${windowText(claim.window)}`
    const what = `${claim.signal ?? 'a date'}${claim.hedged ? ', hedged' : ''}${date}`
    lines.push(...step('claims', `${what}: “${clip(oneLine(claim.quote), 240)}”`, width, paint))
  }
  for (const { decision, reason, rejected } of decided) {
    lines.push(
      ...step(
        'decided',
        `${decision === 'unchanged' ? 'nothing changed' : decision.replace('-', ' ')}: ${reason}`,
        width,
        paint,
      ),
    )
    if (rejected !== null)
      lines.push(
        ...step(
          'since',
          rejectionText({ ...rejected, words: rejectionWords[rejected.reason] }),
          width,
          paint,
        ),
      )
  }
  if (stored.muted.includes(outlet))
    lines.push(
      ...step('now', `${outlet} is muted for this question: what it says decides nothing`, width, paint),
    )
  if (decided.length === 0 && claims.length > 0)
    lines.push(
      ...step(
        'decided',
        'nothing was decided when it came; the rules of then read no claim in it',
        width,
        paint,
      ),
    )
  return lines
}

/** A step of the way, its name in the margin. */
function step(name: string, text: string, width: number, paint: Paint): string[] {
  const [first = '', ...rest] = wrapText(text, width - 12)
  return [`  ${paint(name.padEnd(10), 'faint')}${first}`, ...rest.map((line) => ' '.repeat(12) + line)]
}
