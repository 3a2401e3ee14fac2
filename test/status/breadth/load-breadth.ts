import { readFileSync } from 'node:fs'
import type { HeadlineTable } from '../headlines/table.ts'

/** A headline of the breadth tables and what it may be read as. */
export interface BreadthRow {
  readonly headline: string
  readonly summary: string
  /** The statuses that are right; only `none` where the headline states nothing. */
  readonly claims: readonly string[]
  /** Why it is not read yet; null where it is. */
  readonly gap: string | null
}

/** A question of the breadth tables with its headlines. */
export interface BreadthQuestion {
  readonly table: HeadlineTable
  readonly rows: readonly BreadthRow[]
}

const files = ['release.txt', 'decision-1.txt', 'decision-2.txt', 'measure.txt']

/**
 * All questions of the breadth tables in their order. A block is a question, `? kind | question | subject | context | about`
 * with words parted by `;`, and its headlines, `status: headline // summary`, with `[why it is not read yet]` before the
 * colon where so.
 */
export function loadBreadth(): readonly BreadthQuestion[] {
  return files
    .flatMap((file) =>
      readFileSync(new URL(file, import.meta.url), 'utf8')
        .trim()
        .split('\n\n'),
    )
    .map(blockOf)
}

function blockOf(block: string): BreadthQuestion {
  const [head = '', ...rows] = block.split('\n')
  const [kind = '', question = '', subject = '', context = '', about = ''] = head
    .replace(/^\? /, '')
    .split('|')
    .map((part) => part.trim())
  const words = (list: string) => list.split('; ').filter((word) => word !== '')
  return {
    table: {
      question: { kind, question, subject: words(subject), context: words(context), about: words(about) },
      rows: [],
    },
    rows: rows.map(rowOf),
  }
}

function rowOf(line: string): BreadthRow {
  const parts = /^([a-z|]+)(?: \[(.+?)\])?: (.+?)(?: \/\/ (.+))?$/.exec(line)
  if (!parts) throw new Error(`A line of the breadth tables is not 'status: headline // summary': ${line}`)
  const [, claims = '', gap = null, headline = '', summary = ''] = parts
  return { headline, summary, claims: claims.split('|'), gap }
}
